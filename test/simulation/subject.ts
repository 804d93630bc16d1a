// What a simulation plays with, as plain data: releases, the people around them.

/** From whom, and how many. */
export type Rule = { readonly from: readonly string[]; readonly require: number | 'majority' | 'unanimous' };

/** Answers that the activity asks for: none, to approve, or (`always`) to reject as well. */
export type Asked = 'none' | 'risk' | 'why' | 'always';

/** When an activity is wanted: an answer or a result of another one, or how what it needs went. */
export type Condition =
  | { readonly kind: 'risk' | 'status'; readonly of: string; readonly is: string }
  | { readonly kind: 'success' | 'failure' | 'always' };

/** Times in hours after the activation. */
export type TimingSpec = {
  readonly openFor?: number;
  readonly deadline?: number;
  readonly stays?: true;
  readonly remind?: readonly number[];
  readonly escalate?: { readonly at: number; readonly to: string; readonly grant: boolean };
  readonly approves?: number;
};

export type ActivitySpec = {
  readonly id: string;
  /** `rollback` runs only where a failure says so. */
  readonly phase: 'verify' | 'production' | 'rollback';
  readonly needs: readonly string[];
  readonly instructions: string;
  readonly rules: readonly Rule[];
  readonly exclude: readonly string[];
  readonly inputs: Asked;
  readonly when?: Condition;
  readonly onFailure?: 'continue' | 'fail' | 'run';
  /** How many rejections end it; one where nothing is said. */
  readonly reject?: 2 | 'outweighed';
  readonly delegation?: number;
  readonly advisory?: true;
  readonly timing?: TimingSpec;
};

export type ReleaseSpec = {
  readonly name: string;
  readonly title: string;
  readonly target: string;
  readonly owner?: string;
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

/** Some of them write manifests now and then, and must not overrule what was said about those. */
export const custodians = ['team:release', 'user:tim', 'user:alan'] as const;

/** `wanted`: how many custodians it takes to overrule; 0: there are none. */
export const configurationText = (wanted: number): string => `manifests: releases/*.yml
time-zone: Europe/Berlin
roles:
  release-manager: { users: [mona], teams: [release] }
${wanted === 0 ? '' : `custodians: { from: [${custodians.join(', ')}], require: ${wanted} }\n`}`;
