import type { Facts } from '../../../src/core/release/facts.ts';
import { type GateAnswer, gateAnswers } from '../../../src/core/release/gate-answers.ts';
import type { OpenRelease } from '../../../src/core/release/state.ts';
import type { Instant, Sha } from '../../../src/core/values.ts';
import type { PlacedJob, RunAttempt, RunEnding } from '../../../src/core/workflow/waiting-job.ts';
import { commit } from '../../support/release-world.ts';
import { type Host, instant, type RichWorld } from './rich-world.ts';

/** One try of a run, and where it stands with the environments that its jobs asked for. */
export type Try = RunAttempt & {
  readonly commit: Sha;
  readonly path: string;
  readonly event: string;
  readonly createdAt: Instant;
  readonly asked: readonly { readonly environment: string; readonly stands: 'waits' | 'in' | 'refused' }[];
  readonly ended?: RunEnding;
};

/** What happens to runs whose jobs ask at our gate. */
export type GateDeed =
  | { readonly kind: 'starts'; readonly environment: string; readonly event: string; readonly on: string }
  /** Of what a release has ordered. */
  | { readonly kind: 'own asks'; readonly environment: string; readonly nth: number }
  | { readonly kind: 'asks too'; readonly environment: string; readonly nth: number }
  | { readonly kind: 'ends'; readonly conclusion: string; readonly nth: number }
  | { readonly kind: 'again' | 'vanishes'; readonly nth: number };

/** Sees what jobs are told. */
export type Gatekeeper = (world: RichWorld, answers: readonly GateAnswer[], facts: Facts) => void;

export const triesIn = ({ tries }: Host) => ({
  ended: tries.flatMap(({ run, attempt, ended }) => (ended ? [{ run, attempt, ...ended }] : [])),
});

export const waitingOn = ({ tries }: Host, on: Sha): readonly PlacedJob[] =>
  tries
    .filter((one) => one.commit === on && !one.ended)
    .flatMap(({ asked, run, attempt, path, event, createdAt }) =>
      asked
        .filter(({ stands }) => stands === 'waits')
        .map(({ environment }) => ({
          ...{ run, attempt, path, event, createdAt, environment, url: `https://host/runs/${run}` },
        })),
    );

/** Tells jobs that wait what the record says of them, and does at the host what that brings about. */
export function askAtGates(world: RichWorld, state: OpenRelease, facts: Facts): void {
  if (facts.waitingJobs?.commit !== state.target.commit) return;
  const answers = gateAnswers(state, facts, { at: instant(world.now), trusted: facts.timely });
  world.gatekeeper(world, answers, facts);
  for (const { job, word } of answers) {
    if (word.kind === 'waits') continue;
    const stands = word.kind === 'admitted' ? 'in' : 'refused';
    changeTry(world.host, job, (one) => ({
      ...one,
      asked: one.asked.map((each) => (each.environment === job.environment ? { ...each, stands } : each)),
    }));
    if (stands === 'refused') endRun(world.host, job.run, { conclusion: 'failure', at: instant(world.now) });
  }
}

const changeTry = (host: Host, { run, attempt }: RunAttempt, how: (one: Try) => Try): void => {
  host.tries = host.tries.map((one) => (one.run === run && one.attempt === attempt ? how(one) : one));
};

/** Ends what is under way of a run, whoever started it. */
export function endRun(host: Host, run: number | undefined, ended: RunEnding): void {
  host.tries = host.tries.map((one) => (one.run === run && !one.ended ? { ...one, ended } : one));
  host.workflowRuns = host.workflowRuns.map((one) =>
    one.id === run && !one.ended ? { ...one, ended } : one,
  );
}

export function performAtGates(world: RichWorld, deed: GateDeed): void {
  const { host } = world;
  const at = instant(world.now);
  switch (deed.kind) {
    case 'starts': {
      world.nextId += 1;
      const started = {
        run: world.nextId,
        attempt: 1,
        commit: commit(deed.on),
        event: deed.event,
        createdAt: at,
      };
      const asked = [{ environment: deed.environment, stands: 'waits' as const }];
      host.tries = [...host.tries, { ...started, path: '.github/workflows/deploy.yml', asked }];
      return;
    }
    case 'own asks': {
      const own = nth(
        host.workflowRuns.filter(({ id }) => host.tries.every(({ run }) => run !== id)),
        deed.nth,
      );
      if (!own || own.ended) return;
      const { id: run, path, event, commit: on, createdAt } = own;
      const asked = [{ environment: deed.environment, stands: 'waits' as const }];
      host.tries = [...host.tries, { run, attempt: 1, commit: on, path, event, createdAt, asked }];
      return;
    }
    case 'asks too': {
      const one = nth(
        host.tries.filter(({ ended }) => !ended),
        deed.nth,
      );
      if (!one || one.asked.some(({ environment }) => environment === deed.environment)) return;
      const asked = [...one.asked, { environment: deed.environment, stands: 'waits' as const }];
      changeTry(host, one, (each) => ({ ...each, asked }));
      return;
    }
    case 'ends': {
      const one = nth(
        host.tries.filter(({ ended }) => !ended),
        deed.nth,
      );
      endRun(host, one?.run, { conclusion: deed.conclusion, at });
      return;
    }
    case 'again': {
      const newest = [...new Map(host.tries.map((one) => [one.run, one])).values()];
      const one = nth(
        newest.filter(({ ended }) => ended),
        deed.nth,
      );
      if (!one) return;
      const { ended: _, ...before } = one;
      const asked = one.asked
        .slice(0, 1)
        .map(({ environment }) => ({ environment, stands: 'waits' as const }));
      host.tries = [...host.tries, { ...before, attempt: one.attempt + 1, asked }];
      host.workflowRuns = host.workflowRuns.map((run) => {
        const { ended: __, ...under } = run;
        return run.id === one.run ? under : run;
      });
      return;
    }
    case 'vanishes': {
      const gone = nth(
        host.tries.filter(({ asked }) => asked.every(({ stands }) => stands === 'waits')),
        deed.nth,
      );
      host.tries = host.tries.filter((one) => one !== gone);
      return;
    }
  }
}

/** Counted from the newest, around and around. */
const nth = <T>(all: readonly T[], index: number): T | undefined =>
  all.toReversed()[index % Math.max(all.length, 1)];
