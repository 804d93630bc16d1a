import type { Facts } from '../../../src/core/release/facts.ts';
import type { GateAnswer } from '../../../src/core/release/gate-answers.ts';
import type { PlacedJob, RunAttempt } from '../../../src/core/workflow/waiting-job.ts';
import {
  enter,
  hasOpenOrder,
  isClosed,
  type Ledger,
  newLedger,
  type Opener,
  openers,
  rejectedFor,
  standing,
  startedRuns,
} from './rich-ledger.ts';
import type { RichWorld } from './rich-world.ts';

/** What the records of a town say, and what its gate has told whom. */
export type Oracle = {
  readonly ledgers: Map<string, Ledger>;
  readonly entered: Map<string, number>;
  /** Tries that were told no for good, and why. */
  readonly refused: { readonly job: PlacedJob; readonly why: string }[];
  readonly complaints: string[];
  admitted: number;
};

export const newOracle = (): Oracle => ({
  ...{ ledgers: new Map(), entered: new Map(), refused: [], complaints: [], admitted: 0 },
});

const ledgerOf = ({ ledgers }: Oracle, release: string): Ledger => {
  const known = ledgers.get(release) ?? newLedger(release);
  ledgers.set(release, known);
  return known;
};

const isTry = (one: RunAttempt | undefined, other: RunAttempt): boolean =>
  one?.run === other.run && one.attempt === other.attempt;

/** Reads what was recorded since the last time. */
export function readOn(oracle: Oracle, { state: { release }, events }: RichWorld): void {
  const ledger = ledgerOf(oracle, release);
  const from = oracle.entered.get(release) ?? 0;
  for (const event of events.slice(from)) {
    if (event.kind === 'run-admitted') oracle.complaints.push(...wrongAdmission(oracle, ledger, event.body));
    enter(ledger, event);
  }
  oracle.entered.set(release, events.length);
}

type Admission = {
  readonly activity: string;
  readonly attempt: number;
  readonly environment: string;
  readonly run: RunAttempt & { readonly event: string };
};

/** What speaks against an admission, by the events before it. */
function wrongAdmission(oracle: Oracle, ledger: Ledger, body: Admission): readonly string[] {
  const environment = body.environment.toLowerCase();
  const own = openers(ledger, environment).find(
    ({ activity, entry }) => activity.id === body.activity && entry?.attempt === body.attempt,
  );
  if (!own?.entry) return ['an attempt that is not the newest lets in a run'];
  const others = [...oracle.ledgers.values()].filter(({ commit }) => commit === ledger.commit);
  const used = others.some(
    (one) => !one.ended && openers(one, environment).some(({ entry }) => entry?.open && entry.let),
  );
  const isOrdered = own.activity.workflow !== undefined;
  const isStarted = [...oracle.ledgers.values()].some((one) =>
    startedRuns(one, environment).includes(body.run.run),
  );
  return [
    ...(own.entry.let ? ['an attempt lets in twice'] : []),
    ...(!isOrdered && used ? ['two openings of one environment let in two runs'] : []),
    ...(!isOrdered && isStarted ? ['what another activity had started is let in'] : []),
    ...wronglyIn(oracle, ledger, own, environment, body.run),
  ];
}

/** What speaks against letting a try in through an opening. */
function wronglyIn(
  { ledgers }: Oracle,
  ledger: Ledger,
  { activity, entry }: Opener,
  environment: string,
  job: RunAttempt & { readonly event: string },
): readonly string[] {
  const others = [...ledgers.values()].filter((one) => one !== ledger && one.commit === ledger.commit);
  const isFirst = entry?.order?.run === job.run && job.attempt === 1;
  return [
    ...(entry?.open?.environment === environment ? [] : ['the environment does not stand open']),
    ...(entry?.open?.commit === ledger.commit ? [] : ['it stands open for another commit']),
    ...(activity.workflow !== undefined && !isFirst ? ['it is not the run that was ordered'] : []),
    ...(/^pull_request|^workflow_run$/.test(job.event) ? ['it runs something else than the commit'] : []),
    ...(ledger.ended ? ['the release is over'] : []),
    ...(isClosed(ledger) ? ['the release is closed'] : []),
    ...rejectedFor(ledger, activity.phase).map((id) => `${id} is rejected`),
    ...others
      .filter((one) => ['closed', 'waits'].includes(standing(one, environment)))
      .map(({ release }) => `${release} has not opened it`),
  ];
}

/** What the gate tells. */
export function hearAnswers(
  oracle: Oracle,
  world: RichWorld,
  answers: readonly GateAnswer[],
  facts: Facts,
): void {
  readOn(oracle, world);
  const ledger = ledgerOf(oracle, world.state.release);
  for (const { job, word } of answers) {
    const environment = job.environment.toLowerCase();
    if (word.kind === 'refused') {
      oracle.refused.push({ job, why: word.why });
      if (word.why === 'again')
        oracle.complaints.push(
          ...openers(ledger, environment)
            .filter(({ entry }) => !entry?.ending && entry?.order?.run === job.run && job.attempt === 1)
            .map(({ activity }) => `${activity.id} still waits for what was refused for good`),
        );
      if (word.why === 'over')
        oracle.complaints.push(
          ...[...oracle.ledgers.values()]
            .filter(({ commit }) => commit === ledger.commit)
            .filter((one) => !['none', 'done'].includes(standing(one, environment)))
            .map(({ release }) => `over, though ${release} is not done with it`),
        );
    }
    if (word.kind === 'admitted') {
      oracle.admitted += 1;
      const own = openers(ledger, environment).find(({ entry }) => isTry(entry?.let, job) && entry?.open);
      const isLate = facts.timely && Date.parse(own?.entry?.open?.until ?? '9999-01-01') <= world.now;
      oracle.complaints.push(
        ...(isLate ? ['it is let in late'] : []),
        ...(own ? wronglyIn(oracle, ledger, own, environment, job) : ['nothing that is open has let it in']),
      );
    }
    if (word.kind === 'waits')
      oracle.complaints.push(...wronglyOut(oracle, world, ledger, facts, job, environment));
  }
}

/** Why a job should have been let in that was left to wait; it fits no order that may be its own. */
function wronglyOut(
  oracle: Oracle,
  { now }: RichWorld,
  ledger: Ledger,
  facts: Facts,
  job: PlacedJob,
  environment: string,
): readonly string[] {
  const all = [...oracle.ledgers.values()].filter(({ commit }) => commit === ledger.commit);
  const stands = all.map((one) => standing(one, environment));
  if (!facts.timely || stands.some((one) => one === 'waits' || one === 'closed')) return [];
  return openers(ledger, environment)
    .filter(({ activity, entry }) => {
      const guard = facts.guards?.get(activity.environment ?? '');
      const isOn = guard?.kind === 'known' && !guard.value.includes('rule');
      const isLate = Date.parse(entry?.open?.until ?? '9999-01-01') <= now;
      if (!entry?.open || entry.let || !isOn || isLate || rejectedFor(ledger, activity.phase).length > 0)
        return false;
      if (activity.workflow !== undefined) return entry.order?.run === job.run && job.attempt === 1;
      const used = all.some((one) =>
        openers(one, environment).some((other) => other.entry?.open && other.entry.let),
      );
      const isStarted = [...oracle.ledgers.values()].some((one) => startedRuns(one).includes(job.run));
      return !used && !isStarted && ![...oracle.ledgers.values()].some(hasOpenOrder);
    })
    .map(({ activity }) => `${activity.id} leaves out what it has to let in`);
}
