import type { CheckRun } from '../../../src/core/checks/check-run.ts';
import type { Manifest } from '../../../src/core/manifest/manifest.ts';
import { type Decision, decide } from '../../../src/core/release/decide.ts';
import type { Happening } from '../../../src/core/release/event.ts';
import type { Comment, Facts, Provenance, Thread } from '../../../src/core/release/facts.ts';
import type { Guard } from '../../../src/core/release/guard.ts';
import { show } from '../../../src/core/release/show.ts';
import {
  type OpenRelease,
  type ReleaseState,
  standingAttempts,
  standingOpening,
} from '../../../src/core/release/state.ts';
import type { Write } from '../../../src/core/release/surface.ts';
import type { Instant, Known } from '../../../src/core/values.ts';
import type { DispatchAnswer, WorkflowRun } from '../../../src/core/workflow/workflow-run.ts';
import type { Written } from '../../../src/ports/forge.ts';
import { afterWrites } from '../../../src/reconcile/after-writes.ts';
import { person } from '../../support/release-world.ts';
import { askAtGates, type Gatekeeper, type Try, triesIn, waitingOn } from './rich-gates.ts';

/** What the host knows and tells only those who ask. */
export type Host = {
  runs: readonly CheckRun[];
  workflowRuns: readonly WorkflowRun[];
  guard: Guard;
  /** What it says to an order; undefined: its answer gets lost. */
  answer: 'run' | 'accepted' | 'refused' | 'lost' | 'sent and lost';
  deployments: Facts['deployments'];
  /** Tries of runs whose jobs asked at our gate, oldest first. */
  tries: readonly Try[];
  /** Questions that it does not answer now. */
  blind: ReadonlySet<'checks' | 'runs' | 'writers' | 'jobs'>;
  readonly writers: Map<number, Known<Provenance>>;
};

/** A release among everything that can happen around it. Nothing is looked at before somebody looks. */
export type RichWorld = {
  facts: Facts;
  /** The file of the manifest, and who wrote it. */
  written: { readonly plan: Manifest; readonly by: string };
  state: ReleaseState;
  now: number;
  nextId: number;
  readonly host: Host;
  readonly events: Happening[];
  /** Sees what jobs that wait are told, before they are. */
  readonly gatekeeper: Gatekeeper;
};

export const instant = (ms: number): Instant => new Date(ms).toISOString().replace('.000Z', 'Z');

export const openedIn = ({ state }: RichWorld): OpenRelease => {
  if (state.kind !== 'opened') throw new Error('the release is not open');
  return state;
};

export const newHost = (): Host => ({
  runs: [],
  workflowRuns: [],
  guard: { kind: 'known', value: [] },
  answer: 'run',
  deployments: { kind: 'known', value: [] },
  tries: [],
  blind: new Set(),
  writers: new Map(),
});

/** What a release needs that is not alone on its host. */
export type Place = Pick<RichWorld, 'host' | 'nextId' | 'gatekeeper'>;

export const richWorld = (plan: Manifest, facts: Facts, place?: Place): RichWorld => ({
  facts,
  written: { plan, by: 'ada' },
  state: { kind: 'unopened', release: plan.release, sequence: 0 },
  now: Date.parse('2026-11-23T09:00:00Z'),
  nextId: 1000,
  host: newHost(),
  events: [],
  gatekeeper: () => {},
  ...place,
});

/** What is known before anything is asked for. */
function gathered({ facts, state, host }: RichWorld): Facts {
  const standing = state.kind === 'opened' && !state.ended ? standingAttempts(state) : [];
  const followed = standing.flatMap(({ dispatch }) => dispatch ?? []);
  const runs = host.workflowRuns.filter((run) =>
    followed.some(({ answer }) => answer?.kind !== 'run' || answer.run === run.id),
  );
  const { checkRuns: _, workflowRuns: __, answers: ___, guards: ____, waitingJobs: _____, ...rest } = facts;
  return {
    ...rest,
    ...(host.tries.length === 0
      ? {}
      : { knocked: true, endedRuns: host.blind.has('runs') ? [] : triesIn(host).ended }),
    provenance: new Map(),
    deployments: standing.some(standingOpening) ? host.deployments : { kind: 'known', value: [] },
    ...(followed.length === 0
      ? {}
      : { workflowRuns: host.blind.has('runs') ? away : { kind: 'known', value: runs } }),
  };
}

const away = { kind: 'unknown', why: 'the host is down' } as const;

export type Informed = { readonly decision: Decision; readonly facts: Facts; readonly rounds: number };

/** Decides, answers what is asked, and decides again, until nothing is asked. */
export function informed(world: RichWorld, known: Facts): Informed {
  const at = instant(world.now);
  let facts = known;
  for (let rounds = 1; rounds < 8; rounds += 1) {
    const decision = decide(world.state, facts, at);
    if (!asksIn(decision)) return { decision, facts, rounds };
    facts = answered(world.host, facts, decision);
  }
  throw new Error('asking does not come to an end');
}

export const asksIn = ({ ask, lookUp, askFiles, askCommitters, askChecks, askGuards, askJobs }: Decision) =>
  askJobs ||
  askCommitters ||
  ask.length + lookUp.length + askFiles.length + askChecks.length + askGuards.length > 0;

function answered(host: Host, facts: Facts, decision: Decision): Facts {
  const { blind, runs, writers, guard } = host;
  const { ask, lookUp, askChecks: names, askGuards, state } = decision;
  const commit = state.kind === 'opened' ? state.target.commit : '';
  const found = { commit, names, runs: newest(runs).filter(({ name }) => names.includes(name)) };
  const told = ask.map((id) => [id, blind.has('writers') ? away : (writers.get(id) ?? away)] as const);
  const people = lookUp.map((name) => {
    const login = name.replace('user:', '');
    return [name, { kind: 'user' as const, ...person(login) }] as const;
  });
  return {
    ...facts,
    provenance: new Map([...facts.provenance, ...told]),
    resolutions: { ...facts.resolutions, ...Object.fromEntries(people) },
    guards: new Map([...(facts.guards ?? []), ...askGuards.map((name) => [name, guard] as const)]),
    ...(decision.askCommitters ? { duties: { ...madeByLinus(commit), forAct: true } } : {}),
    ...(decision.askJobs
      ? {
          waitingJobs: {
            commit,
            jobs: blind.has('jobs') ? away : { kind: 'known', value: waitingOn(host, commit) },
          },
        }
      : {}),
    ...(names.length === 0
      ? {}
      : { checkRuns: blind.has('checks') ? away : { kind: 'known', value: found } }),
  };
}

const madeByLinus = (target: string): NonNullable<Facts['duties']> => {
  const committers = [{ person: person('linus'), proof: 'proven', commits: [target] }] as const;
  return {
    base: '0'.repeat(40),
    target,
    found: { kind: 'known', value: { commits: 3, committers, unattributable: [] } },
  };
};

/** The host lists the newest run of each maker. */
const newest = (runs: readonly CheckRun[]): readonly CheckRun[] => [
  ...new Map(runs.map((run) => [`${run.name} ${run.app} ${run.workflow?.path}`, run])).values(),
];

/** One step of a look: what was decided with which facts, before it is recorded. */
export type Watch = (world: RichWorld, step: Informed) => void;

/** Looks until nothing more follows. `crash`: whatever was decided is recorded, and nothing is shown. */
export function look(world: RichWorld, watch: Watch, crash = false): RichWorld {
  let facts = gathered(world);
  for (let round = 0; round < 8; round += 1) {
    const step = informed(world, facts);
    watch(world, step);
    const { decision } = step;
    const before = world.state;
    world.events.push(...decision.events);
    world.state = decision.state;
    if (crash || decision.state.kind === 'unopened') return world;
    askAtGates(world, decision.state, step.facts);
    const answers = sent(world, decision.events);
    facts = { ...step.facts, ...(answers.length > 0 ? { answers } : {}) };
    if (answers.length > 0) continue;
    if (before.kind === 'opened' && before.target.commit !== decision.state.target.commit)
      return look(world, watch);
    const writes = show({
      ...{ state: decision.state, facts, refusals: decision.refusals, hindrances: decision.hindrances },
      ...{ organization: 'acme', anchor: { number: world.events.length, digest: 'c'.repeat(64) } },
    });
    const written = writes.map((write) => bring(world, write));
    facts = afterWrites(facts, writes, written);
    const { threads, unrecorded, checks } = facts;
    world.facts = { ...world.facts, threads, unrecorded, checks };
    if (!written.some(({ kind }) => kind === 'issue' || kind === 'comment')) return world;
  }
  throw new Error('the look does not come to an end');
}

/** Sends the orders that were just recorded, and only those. */
const sent = (world: RichWorld, events: readonly Happening[]): NonNullable<Facts['answers']> =>
  events.flatMap((event) => {
    if (event.kind !== 'workflow-ordered') return [];
    const { activity, attempt, workflow, commit } = event.body;
    const { host } = world;
    if (host.answer === 'run' || host.answer === 'sent and lost' || host.answer === 'accepted') {
      world.nextId += 1;
      const run: WorkflowRun = {
        ...{ id: world.nextId, url: 'https://host/runs/1', path: `.github/workflows/${workflow}` },
        ...{ event: 'workflow_dispatch', commit, createdAt: instant(world.now) },
      };
      host.workflowRuns = [run, ...host.workflowRuns];
    }
    const answer: DispatchAnswer | undefined =
      host.answer === 'run'
        ? { kind: 'run', run: world.nextId, url: 'https://host/runs/1' }
        : host.answer === 'accepted'
          ? { kind: 'accepted' }
          : host.answer === 'refused'
            ? { kind: 'refused', why: 'missing', said: 'not found' }
            : undefined;
    return answer === undefined ? [] : [{ activity, attempt, answer }];
  });

function bring(world: RichWorld, write: Write): Written {
  world.nextId += 1;
  switch (write.kind) {
    case 'create-issue': {
      const number = world.nextId;
      const issue = { number, nodeId: `I_${number}`, url: `https://host/i/${number}` };
      const { title, body } = write;
      const parent = write.parent === undefined ? {} : { parent: 1 };
      const createdAt = instant(world.now);
      const thread = { issue, createdAt, title, body, open: true, ...parent, comments: [], deletions: [] };
      return { kind: 'issue', thread };
    }
    case 'comment':
      return {
        kind: 'comment',
        comment: comment(world, { kind: 'machine', login: 'countersign[bot]' }, write.body, true),
      };
    case 'create-check':
    case 'update-check':
      return { kind: 'check', check: { ...write.check, nodeId: `C_${world.nextId}` } };
    default:
      return { kind: 'done' };
  }
}

export function comment(
  world: RichWorld,
  writer: Comment['writer'],
  body: string,
  ours: boolean,
  more: Partial<Comment> = {},
): Comment {
  world.nextId += 1;
  const id = world.nextId;
  return {
    ...{ id, nodeId: `IC_${id}`, url: `https://host/c/${id}`, writer, ours, body, reactions: [] },
    ...{ createdAt: instant(world.now), edited: false, byEmail: false, ...more },
  };
}

export const changeThread = (world: RichWorld, { issue }: Thread, how: (thread: Thread) => Thread): void => {
  const threads = new Map(world.facts.threads);
  const thread = threads.get(issue.number);
  if (thread) threads.set(issue.number, how(thread));
  const unrecorded = world.facts.unrecorded.map((one) =>
    one.issue.number === issue.number ? how(one) : one,
  );
  world.facts = { ...world.facts, threads, unrecorded };
};
