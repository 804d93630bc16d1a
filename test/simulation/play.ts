import type { GateReport } from '../../src/local-github/actions/workflow.ts';
import { GitError } from '../../src/records/git-command.ts';
import type { Failure } from './broken.ts';
import { type Chronicle, createChronicle, noteMemberships } from './chronicle.ts';
import { type Controller, createController, type Report } from './controller.ts';
import { judgeEnd, judgeStep, type Records } from './invariants.ts';
import { type Disk, emptyDisk } from './local-copy.ts';
import { perform } from './perform.ts';
import { createRandom, type Random } from './random.ts';
import type { Scenario } from './scenario.ts';
import { firstCommit, type Stage, setStage } from './stage.ts';
import type { Life } from './stands.ts';
import type { Step } from './step.ts';
import type { Settings } from './subject.ts';
import { createVirtualTime, outOfTime, type VirtualTime } from './virtual-time.ts';
import { createWire, type Wire } from './wire.ts';

/** Everything that is going on while a scenario is played. */
export type Play = {
  readonly stage: Stage;
  readonly chronicle: Chronicle;
  readonly time: VirtualTime;
  readonly wire: Wire;
  readonly random: Random;
  readonly reports: Report[];
  /** What happened, a sentence each. */
  readonly history: string[];
  readonly calm: boolean;
  /** Whether reads may have shown the past. */
  readonly lagging: boolean;
  readonly settings: Settings;
  /** Answers to jobs that waited that were judged. */
  readonly answered: Set<GateReport>;
  /** What the records told by then, by release. */
  readonly lives: Map<string, Life>;
  /** The records as they were last judged, and the commit they were read at. */
  records: Records;
  recordsHead: string | undefined;
  disk: Disk;
  losesDisk: boolean;
  process: number;
  controller: Controller;
};

export type Played = {
  readonly play: Play;
  /** How every activity ended, and who voted how, in words. */
  readonly outcomes: readonly string[];
  readonly failure?: Failure;
};

/** More calls than any honest work takes: whoever makes them goes round in circles. */
const endless = 2_000;

/** Plays a scenario to its end, and on until nothing is left to do. */
export function playScenario(scenario: Scenario): Promise<Played> {
  const time = createVirtualTime();
  return outOfTime(time, async () => {
    const play = await begin(scenario, time);
    try {
      await workOn(play, endless);
      for (const step of scenario.steps) {
        await take(play, step);
        await judgeStep(play, step.do === 'rest' || step.do === 'restart');
      }
      await comeToRest(play);
      return { play, outcomes: await judgeEnd(play) };
    } catch (error) {
      const failure = failureOf(error);
      if (failure === undefined) throw error;
      return { play, outcomes: [], failure };
    }
  });
}

const failureOf = (error: unknown): Failure | undefined =>
  error instanceof Error && 'invariant' in error && typeof error.invariant === 'string'
    ? { invariant: error.invariant, why: error.message }
    : undefined;

async function begin(scenario: Scenario, time: VirtualTime): Promise<Play> {
  const stage = await setStage(time);
  const { settings = { custodians: 0 } } = scenario;
  await firstCommit(stage, settings);
  const random = createRandom(scenario.seed + 1_000_003);
  const chronicle = createChronicle(settings.custodians);
  noteMemberships(chronicle, stage);
  const wire = createWire(stage, random, () => time.advance(7));
  const { steps, kind } = scenario;
  const play: Play = {
    stage,
    chronicle,
    time,
    wire,
    random,
    reports: [],
    history: [],
    calm: kind === 'calm',
    lagging: steps.some((step) => step.do === 'fault' && step.fault.do === 'stale'),
    settings,
    answered: new Set(),
    lives: new Map(),
    records: new Map(),
    recordsHead: undefined,
    disk: emptyDisk(),
    losesDisk: false,
    process: 0,
    controller: idle,
  };
  startProcess(play);
  return play;
}

/** Stands for the App before the first process starts. */
const idle = { start: () => undefined, resync: () => undefined, receive: () => undefined } as const;

/** A fresh process takes over; nothing of the one before it is left, but perhaps its disk. */
function startProcess(play: Play): void {
  play.wire.forget(play.process);
  play.time.forget(play.process);
  play.process += 1;
  if (play.losesDisk) play.disk = emptyDisk();
  play.losesDisk = false;
  const { stage, wire, time, disk, reports } = play;
  const own = play.process;
  play.controller = createController(own, stage, wire, time, disk, (report) => {
    if (own === play.process) reports.push(report);
  });
  play.controller.start();
}

/** Lets the App make up to `calls` calls; where it dies, the next one starts, and works on only with calls to spare. */
async function workOn(play: Play, calls: number): Promise<void> {
  const before = play.wire.carried();
  const lived = await play.wire.run(calls);
  const done = play.wire.carried() - before;
  if (!lived) {
    play.history.push(`  the App died after ${done} calls, and another one started`);
    startProcess(play);
    play.wire.planCrash(undefined);
    if (calls > done) await workOn(play, calls - done);
  } else if (done >= endless) throw invariant('rest', `${done} calls and no end: ${play.wire.log.slice(-9)}`);
}

export const invariant = (name: string, why: string): Error =>
  Object.assign(new Error(why), { invariant: name });

async function take(play: Play, step: Step): Promise<void> {
  const { stage, wire, history } = play;
  const from = wire.log.length;
  const told = (await perform(stage, play.chronicle, step)) ?? (await troubleApp(play, step));
  if (told !== undefined) history.push(told);
  for (const line of wire.log.slice(from)) history.push(`  ${line}`);
}

async function troubleApp(play: Play, step: Step): Promise<string | undefined> {
  switch (step.do) {
    case 'webhooks':
      return deliver(play, step);
    case 'work':
      await workOn(play, step.calls);
      return undefined;
    case 'rest':
      await workOn(play, endless);
      return undefined;
    case 'wait':
      await wait(play, step.seconds * 1000);
      return `${step.seconds} s passed`;
    case 'fault':
      play.stage.faults.add([step.fault]);
      return `trouble ahead: ${JSON.stringify(step.fault)}`;
    case 'crash':
      play.wire.planCrash(step.crash);
      play.losesDisk = step.disk === 'lost';
      return `the App will die ${step.crash.when} its call ${step.crash.calls} ${step.crash.at ?? ''} from now, its disk ${step.disk}`;
    case 'skew':
      setClock(play, step.seconds);
      return `the clock of the App is ${step.seconds} s ahead`;
    case 'resync':
      play.controller.resync();
      return 'the App looks at everything again';
    case 'restart':
      await replace(play);
      return 'another App took over and came to rest';
    default:
      return undefined;
  }
}

/** Clocks a minute apart are not to be trusted (T20). */
function setClock({ time, chronicle }: Play, seconds: number): void {
  time.skew(seconds * 1000);
  chronicle.skews.push({ at: time.milliseconds(), wrong: Math.abs(seconds) > 60 });
}

/** Time passes only while nothing is under way, and every timer rings on the way. */
async function wait(play: Play, milliseconds: number): Promise<void> {
  const until = play.time.milliseconds() + milliseconds;
  for (let rung = 0; rung < 500; rung += 1) {
    const { posted } = play.stage;
    const before = posted.length;
    if (!play.time.next(until - play.time.milliseconds())) break;
    await workOn(play, endless);
    if (!play.calm) continue;
    // Nothing else tells what the App sets off meanwhile, such as a job of its own that waits.
    const earlier = posted.splice(0, before);
    await hear(play);
    posted.unshift(...earlier);
  }
  play.time.advance(Math.max(0, until - play.time.milliseconds()));
}

/** All that is announced reaches the App, and what comes of that. */
async function hear(play: Play): Promise<void> {
  for (let round = 0; round < 20; round += 1) {
    if ((await deliver(play, { how: 'in-order', count: 999 })) === undefined) break;
    await workOn(play, endless);
  }
}

async function deliver(play: Play, { how, count }: Omit<Extract<Step, { do: 'webhooks' }>, 'do'>) {
  // What was announced a moment ago is being written.
  await new Promise((resolve) => setImmediate(resolve));
  const { posted } = play.stage;
  const taken = posted.splice(0, count);
  if (taken.length === 0) return undefined;
  const events = taken.map(({ event, action }) => `${event}${action === null ? '' : `.${action}`}`);
  const order = {
    'in-order': taken,
    reversed: [...taken].reverse(),
    shuffled: play.random.some(taken, taken.length),
    twice: [...taken, ...taken],
    lost: [],
  }[how];
  for (const { event, request } of order) play.controller.receive(event, JSON.parse(request.body) as unknown);
  return `webhooks ${how}: ${events.join(', ')}`;
}

/** No more trouble: the App starts anew, looks at everything, and works until nothing is left to do. */
async function comeToRest(play: Play): Promise<void> {
  play.history.push('the trouble ends, and another App starts');
  const from = play.wire.log.length;
  await replace(play);
  // What workflows do while it looks the App learns as everybody does.
  if (play.stage.host.state.workflowRuns.size > 0) await hear(play);
  for (const line of play.wire.log.slice(from)) play.history.push(`  ${line}`);
}

export async function replace(play: Play): Promise<void> {
  play.stage.faults.clear();
  setClock(play, 0);
  play.wire.planCrash(undefined);
  play.stage.posted.length = 0;
  startProcess(play);
  await workOn(play, endless);
  await wait(play, 1_000_000);
  const issues = [...play.stage.host.state.issues.values()];
  if (play.calm) play.chronicle.noticed = Math.max(0, ...issues.map(({ number }) => number));
}

/** Bugs that runs ended in; broken git is no bug. */
export const bugsIn = ({ reports }: Play): readonly string[] =>
  reports.flatMap(({ key, ending }) =>
    ending.kind === 'bug' && !(ending.error instanceof GitError)
      ? [
          `${JSON.stringify(key)}: ${ending.error instanceof Error ? ending.error.stack : String(ending.error)}`,
        ]
      : [],
  );
