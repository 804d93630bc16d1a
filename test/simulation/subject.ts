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

/** A workflow file, and the activity whose answer a run of it is given. */
export type Starts = { readonly file: string; readonly given?: string };

/**
 * Opens an environment instead of asking anybody; for so many hours, where nothing is deployed. What it starts there
 * decides how it ends.
 */
export type Opens = { readonly environment: string; readonly validFor?: number; readonly starts?: Starts };

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
  readonly opens?: Opens;
  /** Somebody does it; authors may, unless it says otherwise. */
  readonly task?: 'authors-may' | 'authors-leave-it';
  /** Names of checks that have to pass first. */
  readonly awaits?: readonly string[];
};

export type ReleaseSpec = {
  readonly name: string;
  readonly title: string;
  readonly target: string;
  readonly owner?: string;
  readonly supersedes?: true;
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

/** Activities that open environments: nobody is asked there, and no issue stands for them. */
export const isMachine = (activity: string): boolean => ['stage', 'deploy', 'restore'].includes(activity);

/** Checks of others by name: the App that has to make them, or none where anybody may. */
export const checkers: Readonly<Record<string, string | undefined>> = { smoke: 'checker', lint: undefined };

/** What the configuration of a simulation says; hours count from its beginning. */
export type Settings = {
  /** How many of them it takes to overrule; 0: there are none. */
  readonly custodians: number;
  /** Production is frozen. */
  readonly freeze?: { readonly from: number; readonly until: number };
  /** Staging opens on working days from 8 to 16 o'clock only. */
  readonly window?: true;
  /** Production asks for `go-no-go`. */
  readonly floor?: true;
  /** An environment that opens only where GitHub itself guards it. */
  readonly guarded?: 'production' | 'staging';
};

/** When every simulation begins: a Monday. */
export const beginning = Date.parse('2026-11-23T09:00:00.000Z');
const hourMs = 3_600_000;
const moment = (hours: number): string => new Date(beginning + hours * hourMs).toISOString();

export const configurationText = ({ custodians: wanted, freeze, window, floor, guarded }: Settings): string =>
  [
    'manifests: releases/*.yml',
    'time-zone: Europe/Berlin',
    'roles:',
    '  release-manager: { users: [mona], teams: [release] }',
    ...(wanted === 0 ? [] : [`custodians: { from: [${custodians.join(', ')}], require: ${wanted} }`]),
    ...(freeze === undefined
      ? []
      : [
          `freezes: { name: Fair, from: '${moment(freeze.from)}', until: '${moment(freeze.until)}', environments: production }`,
        ]),
    ...(window
      ? ["windows: { environments: staging, days: [mon, tue, wed, thu, fri], from: '08:00', until: '16:00' }"]
      : []),
    ...(floor || guarded
      ? [
          'floors:',
          `  - { for: { environment: production }${floor ? ', activities: [go-no-go]' : ''} }`,
          `  - { for: { environment: staging } }`,
        ]
      : []),
    ...(guarded ? [`  - { for: { environment: ${guarded} }, guarded: required }`] : []),
    '',
  ].join('\n');

/** Whether the configuration holds an environment shut at a moment; Berlin is an hour ahead all winter. */
export function isHeld({ freeze, window }: Settings, environment: string, at: number): boolean {
  const name = environment.toLowerCase();
  const hours = (at - beginning) / hourMs;
  if (name === 'production') return freeze !== undefined && hours >= freeze.from && hours < freeze.until;
  const local = new Date(at + hourMs);
  const works = local.getUTCDay() >= 1 && local.getUTCDay() <= 5;
  return window === true && !(works && local.getUTCHours() >= 8 && local.getUTCHours() < 16);
}
