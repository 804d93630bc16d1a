import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../../src/core/manifest/parse-manifest.ts';

const parsed = (activity: string) =>
  parseManifest(
    new TextEncoder().encode(`release: r1
owner: role:release-manager
target: { ref: v1 }
phases:
  verify:
    activities:
      gate:
${activity.trim().replace(/^ */gm, (margin) => `${' '.repeat(8)}${margin}`)}
`),
  );

const gateOf = (activity: string) => {
  const read = parsed(activity);
  expect(read.problems).toEqual([]);
  return read.kind === 'valid' ? read.value.phases[0]?.activities[0] : undefined;
};

describe('the three worked examples of the description can be written', () => {
  it('S-141: a sign-off by QA, with evidence, and word to the release manager after 18 of 24 hours', () => {
    const gate = gateOf(`
approvers: { from: [role:qa-lead, team:senior-qa], require: 1 }
inputs:
  summary: { type: text, required: true }
  bugs: { type: url }
  screenshot: { type: file, required: true, accept: [.png] }
  sure: { type: checkbox, required: true }
deadline: 24h
escalate: { at: 18h, to: [role:release-manager] }
`);
    expect(gate?.inputs.map(({ type, required }) => `${type} ${required}`)).toEqual([
      'text to-approve',
      'url optional',
      'file to-approve',
      'checkbox to-approve',
    ]);
    expect(gate?.timing).toMatchObject({ deadline: '24h', escalate: [{ at: '18h' }] });
  });

  it('S-142: an approval for production by everybody within two hours, else it expires', () => {
    const gate = gateOf(`
approvers: { from: [role:product-owner, role:engineering-manager, role:sre-lead], require: unanimous }
inputs:
  risk: { type: dropdown, options: [Low, Medium, High], required: true }
  rollback: { type: checkbox, required: true }
  why: { type: text, min-length: 50, required: true }
deadline: 2h
expire: reject
escalate: { at: 100%, to: [role:release-manager] }
`);
    expect(gate?.approvers[0]?.require).toEqual({ kind: 'unanimous' });
    expect(gate?.inputs).toMatchObject([{ options: ['Low', 'Medium', 'High'] }, {}, { minLength: 50 }]);
    expect(gate?.timing).toMatchObject({ deadline: '2h', escalate: [{ at: '100%' }] });
  });

  it('S-143: a review of security with several boxes, which escalates after 36 of 48 hours', () => {
    const gate = gateOf(`
approvers: { from: team:security, require: 1 }
inputs:
  scan: { type: file, required: true }
  plan: { type: text }
  rules: { type: checkboxes, items: { gdpr: GDPR, pci: PCI-DSS }, required: true }
  sure: { type: checkbox, required: true }
deadline: 48h
escalate: { at: 36h, to: [role:ciso], grant: true }
`);
    expect(gate?.inputs.map(({ type }) => type)).toEqual(['file', 'text', 'checkboxes', 'checkbox']);
    expect(gate?.timing).toMatchObject({ escalate: [{ at: '36h', grant: true }] });
  });
});
