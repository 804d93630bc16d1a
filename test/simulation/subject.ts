// What a simulation plays with, as plain data: releases, the people around them, and how a manifest says it.

export type Rule = { readonly from: readonly string[]; readonly require: number | 'majority' | 'unanimous' };

export type ActivitySpec = {
  readonly id: string;
  readonly phase: 'verify' | 'production';
  readonly needs: readonly string[];
  readonly instructions: string;
  readonly rules: readonly Rule[];
  readonly exclude: readonly string[];
  /** Answers that an approval needs. */
  readonly inputs: 'none' | 'risk' | 'why';
};

export type ReleaseSpec = {
  readonly name: string;
  readonly title: string;
  readonly target: string;
  readonly activities: readonly ActivitySpec[];
};

export const repositoryName = 'acme/payments';
export const recordsBranch = 'countersign-records';

export const teams: Readonly<Record<string, readonly string[]>> = {
  qa: ['grace', 'katherine', 'ada', 'robo'],
  sre: ['radia', 'tim', 'katherine'],
  product: ['grace', 'radia', 'pat'],
  release: ['mona', 'pat'],
};

/** Those who may write, and so bring releases in, edit what others said, and push to any branch. */
export const writers = ['ada', 'alan', 'mona', 'eve'] as const;
export const bots = ['robo'] as const;
/** In no team to begin with; `zoe` has no permission at all, but the repository is public. */
export const strangers = ['eve', 'zoe'] as const;
export const everybody = [
  'ada',
  'alan',
  'mona',
  'eve',
  'zoe',
  'robo',
  'grace',
  'katherine',
  'radia',
  'tim',
  'pat',
] as const;

export const roles: Readonly<
  Record<string, { readonly users: readonly string[]; readonly teams: readonly string[] }>
> = {
  'release-manager': { users: ['mona'], teams: ['release'] },
};

export const configurationText = `manifests: releases/*.yml
time-zone: Europe/Berlin
roles:
  release-manager: { users: [mona], teams: [release] }
`;

export const manifestPath = (release: string): string => `releases/${release}.yml`;

export function manifestText(spec: ReleaseSpec): string {
  const phases = (['verify', 'production'] as const).flatMap((phase) => {
    const own = spec.activities.filter((activity) => activity.phase === phase);
    return own.length > 0 ? [{ phase, own }] : [];
  });
  const lines = [
    `release: ${spec.name}`,
    `title: ${spec.title}`,
    `target: { ref: ${spec.target} }`,
    'phases:',
  ];
  for (const [index, { phase, own }] of phases.entries()) {
    lines.push(`  ${phase}:`);
    if (index > 0) lines.push(`    needs: ${phases[0]?.phase}`);
    lines.push('    activities:', ...own.map((activity) => `      ${activity.id}: ${flow(activity)}`));
  }
  return `${lines.join('\n')}\n`;
}

function flow({ instructions, needs, rules, exclude, inputs }: ActivitySpec): string {
  const written = rules.map(({ from, require }) => `{ from: [${from.join(', ')}], require: ${require} }`);
  const parts = [
    `instructions: ${instructions}`,
    `approvers: [${written.join(', ')}]`,
    ...(needs.length > 0 ? [`needs: [${needs.join(', ')}]`] : []),
    ...(exclude.length > 0 ? [`exclude: [${exclude.join(', ')}]`] : []),
    ...(inputs === 'risk'
      ? ['inputs: { risk: { type: dropdown, options: [Low, High], required: true } }']
      : inputs === 'why'
        ? ['inputs: { why: { type: text, min-length: 5, required: true } }']
        : []),
  ];
  return `{ ${parts.join(', ')} }`;
}
