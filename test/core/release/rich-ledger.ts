import type { Activity, Manifest } from '../../../src/core/manifest/manifest.ts';
import type { Happening } from '../../../src/core/release/event.ts';
import type { RunAttempt } from '../../../src/core/workflow/waiting-job.ts';

/** What the events say of one attempt; nothing here asks the product what it makes of them. */
export type Entry = {
  readonly attempt: number;
  open?: { readonly environment: string; readonly commit: string; readonly until?: string };
  ending?: string;
  overruled?: string;
  /** The newest order: for what, and its run once that is known. */
  order?: { readonly environment: string; settled?: true; run?: number };
  let?: RunAttempt;
};

/** What the events of one release say, read a second time and in another way. */
export type Ledger = {
  readonly release: string;
  plan: Manifest | undefined;
  commit: string;
  ended: boolean;
  deviations: readonly string[];
  acknowledged: number;
  readonly attempts: Map<string, Entry[]>;
  /** Every try that was ever let in, by whom. */
  readonly admissions: { readonly activity: string; readonly attempt: number; readonly run: RunAttempt }[];
};

const endings: { readonly [kind: string]: string } = {
  'activity-approved': 'approved',
  'activity-rejected': 'rejected',
  'activity-expired': 'expired',
  'activity-succeeded': 'succeeded',
  'activity-failed': 'failed',
  'attempt-superseded': 'superseded',
  'activity-aborted': 'aborted',
};

export const newLedger = (release: string): Ledger => ({
  release,
  ...{ plan: undefined, commit: '', ended: false, deviations: [], acknowledged: 0 },
  ...{ attempts: new Map(), admissions: [] },
});

/** Enters one event. */
export function enter(ledger: Ledger, event: Happening): void {
  const { kind, body } = event;
  const entry =
    'activity' in body && 'attempt' in body
      ? ledger.attempts.get(body.activity)?.find(({ attempt }) => attempt === body.attempt)
      : undefined;
  switch (kind) {
    case 'release-opened':
    case 'manifest-revised':
      ledger.plan = body.revision.plan;
      ledger.commit = body.target.commit;
      return;
    case 'activity-activated': {
      const attempts = ledger.attempts.get(body.activity) ?? [];
      ledger.attempts.set(body.activity, [...attempts, { attempt: body.attempt }]);
      return;
    }
    case 'deviation-recorded':
      ledger.deviations = [...ledger.deviations, body.what];
      return;
    case 'deviations-acknowledged':
      ledger.acknowledged = body.deviations;
      return;
    case 'release-succeeded':
    case 'release-partially-succeeded':
    case 'release-failed':
    case 'release-aborted':
    case 'release-cancelled':
      ledger.ended = true;
      return;
    default:
      if (entry) enterOn(ledger, entry, event);
  }
}

function enterOn(ledger: Ledger, entry: Entry, { kind, body }: Happening): void {
  switch (kind) {
    case 'environment-opened':
      entry.open = { ...body, environment: body.environment.toLowerCase() };
      return;
    case 'environment-shut':
      delete entry.open;
      return;
    case 'workflow-ordered':
      entry.order = { environment: body.environment.toLowerCase() };
      return;
    case 'workflow-answered':
      if (entry.order && body.answer.kind !== 'accepted') entry.order.settled = true;
      if (entry.order && body.answer.kind === 'run') entry.order.run = body.answer.run;
      return;
    case 'run-admitted':
      entry.let = body.run;
      ledger.admissions.push(body);
      return;
    case 'activity-overruled':
      entry.overruled = body.act;
      return;
    case 'retry-ordered':
      entry.overruled = 'retry';
      return;
    default:
      if (endings[kind] === undefined) return;
      entry.ending = endings[kind];
      delete entry.open;
  }
}

export type Opener = { readonly activity: Activity; readonly entry: Entry | undefined };

const all = ({ plan }: Ledger): readonly Activity[] => plan?.phases.flatMap((one) => one.activities) ?? [];

export const newest = ({ attempts }: Ledger, { id }: Activity): Entry | undefined => attempts.get(id)?.at(-1);

/** Activities that open an environment, with their newest attempts. */
export const openers = (ledger: Ledger, environment: string): readonly Opener[] =>
  all(ledger)
    .filter((one) => one.environment?.toLowerCase() === environment)
    .map((activity) => ({ activity, entry: newest(ledger, activity) }));

const policyOf = ({ plan }: Ledger, activity: Activity) =>
  activity.onFailure ?? plan?.phases.find(({ id }) => id === activity.phase)?.onFailure ?? { kind: 'hold' };

/** A foreign commit that nobody has taken note of. */
export const isClosed = ({ deviations, acknowledged }: Ledger): boolean =>
  deviations.slice(acknowledged).includes('foreign-commit');

/** Rejections that nobody has settled, apart from those that run a phase. */
export const rejectedFor = (ledger: Ledger, phase: string): readonly string[] =>
  all(ledger)
    .filter((one) => {
      const entry = newest(ledger, one);
      const policy = policyOf(ledger, one);
      const runsIt = policy.kind === 'run' && policy.phase === phase;
      return entry?.ending === 'rejected' && !entry.overruled && policy.kind !== 'continue' && !runsIt;
    })
    .map(({ id }) => id);

/** A phase that only a failure runs, while nothing has failed that does. */
function isIdle(ledger: Ledger, phase: string): boolean {
  const starters = all(ledger).filter((one) => {
    const policy = policyOf(ledger, one);
    return policy.kind === 'run' && policy.phase === phase;
  });
  const failed = starters.some((one) => {
    const entry = newest(ledger, one);
    return !entry?.overruled && ['rejected', 'expired', 'failed'].includes(entry?.ending ?? '');
  });
  return starters.length > 0 && !failed;
}

type Stand = 'none' | 'closed' | 'open' | 'done' | 'idle' | 'waits';

/** Where a release stands with an environment, told from the events alone; idle: only a failure opens it. */
export function standing(ledger: Ledger, environment: string): Stand {
  const own = openers(ledger, environment);
  if (ledger.ended || own.length === 0) return 'none';
  if (isClosed(ledger)) return 'closed';
  if (own.some(({ entry }) => entry?.open?.environment === environment)) return 'open';
  const wanted = own.filter(({ activity }) => !isIdle(ledger, activity.phase));
  const isDone = ({ entry }: Opener) => entry?.ending === 'succeeded';
  if (!wanted.every(isDone)) return 'waits';
  return own.every(isDone) ? 'done' : 'idle';
}

/** Runs that a release has started, for one environment or for any. */
export const startedRuns = (ledger: Ledger, environment?: string): readonly number[] =>
  [...ledger.attempts.values()]
    .flat()
    .flatMap(({ order }) =>
      environment === undefined || order?.environment === environment ? (order?.run ?? []) : [],
    );

/** Whether an order is out of which nobody knows what it started. */
export const hasOpenOrder = (ledger: Ledger): boolean =>
  [...ledger.attempts.values()]
    .flat()
    .some(({ order }) => order !== undefined && order.settled === undefined);
