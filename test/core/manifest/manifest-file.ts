/** A small valid manifest; `replace` swaps parts of it, so that a case shows only what it is about. */
export const manifestFile = (...replacements: readonly (readonly [string, string])[]): Uint8Array => {
  let file = `release: payments-2026.11
title: Payments 2026.11
owner: role:release-manager
target: { ref: v2026.11.0 }
phases:
  verify:
    title: Verify
    owner: team:qa
    activities:
      qa-signoff:
        approvers: { from: team:qa, require: majority }
  production:
    needs: verify
    activities:
      product:
        approvers: { from: [team:product, user:pat] }
      go-no-go:
        title: Go or no-go
        instructions: Read the report.
        needs: [product]
        approvers:
          - { from: [team:product], require: 1 }
          - { from: [team:sre, role:release-manager], require: 2 }
        exclude: [author, user:eve]
        inputs:
          risk: { type: dropdown, label: Risk level, options: [Low, Medium, High], required: always }
          why: { type: text, label: Justification, min-length: 50, required: true }
          change: { type: text, pattern: '^CHG-\\d+$', required: false }
          share: { type: number, min: 0, max: 100 }
          tests: { type: checkbox, label: Tests passed, required: true }
`;
  for (const [from, to] of replacements) {
    if (!file.includes(from)) throw new Error(`The manifest does not contain ${from}`);
    file = file.replace(from, () => to);
  }
  return new TextEncoder().encode(file);
};

/** Problems as `line:column code`. */
export const located = (problems: readonly { code: string; position: { line: number; column: number } }[]) =>
  problems.map(({ code, position }) => `${position.line}:${position.column} ${code}`);
