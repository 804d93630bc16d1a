import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { readEnvironment, type WriterKind } from '../../src/app/environment.ts';
import { createLogger } from '../../src/app/logger.ts';
import { type App, createApp } from '../../src/app/wiring.ts';
import { run } from '../../src/cli/run.ts';
import { readMarker } from '../../src/core/messages/marker.ts';
import { startLocalGitHub } from '../../src/local-github/server.ts';
import { type Controller, createFleet } from './story/fleet.ts';
import { freePort, type Ground, layGround, type Teams } from './story/ground.ts';
import { createHub, type Hub, repository } from './story/hub.ts';
import {
  type CheckRun,
  isOurs,
  newsBetween,
  type Sight,
  see,
  seeChecks,
  seeComments,
  seeIssues,
} from './story/news.ts';
import { type Someone, someone } from './story/people.ts';
import { type Records, readRecords } from './story/records.ts';
import { createStoryClock, type StoryClock } from './story/story-clock.ts';

export { byQa, manifestOf } from './story/manifest.ts';

/** A local GitHub and the App in this process, talking to each other over HTTP and git only. */
export type WholeProduct = {
  readonly hub: Hub;
  readonly records: Records;
  /** The bare repository of acme/payments. */
  readonly bare: string;
  readonly fingerprint: string;
  as(login: string): Someone;
  /** acme/.github, whose configuration acme/payments inherits; only where the story gave it files. */
  readonly above: {
    readonly records: Records;
    as(login: string): Someone;
    issue(activity: string): Promise<number>;
  };
  /** Resolves when nothing is on its way between the two and nothing is being worked on. */
  quiet(): Promise<void>;
  /** What the App made people see since it was last asked; what a story never asks for fails it. */
  news(): Promise<readonly string[]>;
  /** Warnings and errors that the App logged since it was last asked; the same holds for them. */
  troubles(): readonly string[];
  /** API requests of the App since it was last asked, without the hourly token; git is counted apart. */
  calls(): readonly string[];
  gitCalls(): readonly string[];
  /** Webhooks that went out since it was last asked, as `webhook event.action -> status`. */
  webhooks(): readonly string[];
  /** Lets a duration such as `72h` pass for both, with all that falls due on the way; only where the story began `from` a moment. */
  passes(duration: string): Promise<void>;
  /** Milliseconds of every timer that the App has set and that has not run: what waits for people sets none. */
  timers(): readonly number[];
  /** Number of the newest issue that stands for an activity. */
  issue(activity: string, release?: string): Promise<number>;
  trackingIssue(release: string): Promise<number>;
  bodyOf(issue: number): Promise<string>;
  /** The newest comment of the App on an issue. */
  answerOn(issue: number): Promise<string>;
  /** The newest check of a name, wherever it is. */
  check(name: string): Promise<CheckRun | undefined>;
  conclusion(name: string): Promise<string | null | undefined>;
  stopApp(): Promise<void>;
  /** `fresh`: with nothing of what it kept before. */
  startApp(how?: { readonly fresh?: boolean; readonly signingKey?: string }): Promise<void>;
  restartApp(how?: { readonly fresh?: boolean }): Promise<void>;
  verify(...args: readonly string[]): Promise<{ readonly code: number; readonly output: string }>;
  /** Ends both. Throws if anything was posted or logged that the story did not expect. */
  close(): Promise<void>;
};

/** How the App runs where a story wants more than one of it, another writer of records, or time of its own. */
export type Running = {
  readonly replicas?: number;
  readonly writer?: WriterKind;
  /** The moment at which both clocks begin and then stand still, until the story lets time pass. */
  readonly from?: string;
  /** Teams beside those that every story has. */
  readonly teams?: Teams;
  /** Files of acme/.github; without them there is no such repository. */
  readonly inherited?: Readonly<Record<string, string>>;
};

export async function startWholeProduct(
  files: Readonly<Record<string, string>> = {},
  running: Running = {},
): Promise<WholeProduct> {
  const root = mkdtempSync(join(tmpdir(), 'countersign-story-'));
  const clock = createStoryClock(running.from);
  const ground = await layGround(root, files, running.teams, running.inherited);
  const requests: string[] = [];
  const github = await startLocalGitHub({
    port: 0,
    data: join(root, 'github'),
    seed: { file: ground.seedFile },
    log: (line) => void requests.push(line),
  });
  const [name = '', other = name] = readdirSync(join(root, 'github', 'repositories'));
  const bare = join(root, 'github', 'repositories', name);
  const records = readRecords(bare);
  const hub = createHub(github.url, root);
  const controller = await createControllers(root, ground, github.port, running, clock);
  const quiet = async () => {
    // Work of one side makes work for the other: quiet is a round in which nobody asked anybody anything.
    for (let before = -1; before !== requests.length; ) {
      before = requests.length;
      await github.idle();
      await controller.idle();
      await setImmediate();
    }
  };
  let seen: Sight = await see(hub, records);
  const checkOf = async (check: string) =>
    (await seeChecks(hub, records)).filter(({ name }) => name === check).at(-1);
  const product: WholeProduct = {
    hub,
    records,
    bare,
    fingerprint: ground.fingerprint,
    as: (login) => someone(login, hub, quiet),
    above: {
      records: readRecords(join(root, 'github', 'repositories', other)),
      as: (login) => someone(login, createHub(github.url, root, 'acme/.github'), quiet),
      issue: (activity) => issueFor(createHub(github.url, root, 'acme/.github'), activity),
    },
    quiet,
    news: async () => {
      await quiet();
      const now = await see(hub, records);
      const news = newsBetween(seen, now);
      seen = now;
      return news;
    },
    troubles: () => controller.log.splice(0),
    ...counters(requests),
    passes: (duration) => clock.passes(duration, quiet),
    timers: clock.timers,
    issue: (activity, release) => issueFor(hub, activity, release),
    trackingIssue: async (release) => {
      const found = (await seeIssues(hub)).find((issue) => {
        const marker = isOurs(issue) ? readMarker(issue.body) : undefined;
        return marker?.kind === 'release' && marker.release === release;
      });
      return numberOf(found, release);
    },
    bodyOf: async (issue) =>
      (await hub.get<{ readonly body: string }>(`/repos/${repository}/issues/${issue}`)).body,
    answerOn: async (issue) =>
      (await seeComments(hub)).findLast((one) => isOurs(one) && one.issue_url.endsWith(`/${issue}`))?.body ??
      '',
    check: checkOf,
    conclusion: async (check) => (await checkOf(check))?.conclusion,
    stopApp: controller.stop,
    startApp: async (how) => {
      await controller.start(how);
      await quiet();
    },
    restartApp: async (how) => {
      await controller.stop();
      await controller.start(how);
      await quiet();
    },
    verify: async (...args) => {
      const lines: string[] = [];
      const say = (line: string) => void lines.push(line);
      const code = await run(['verify', bare, ...args], { stdout: say, stderr: say });
      return { code, output: lines.join('\n') };
    },
    close: async () => {
      const unexpected = [...(await product.news()), ...product.troubles()];
      await controller.stop();
      await github.close();
      clock.end();
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
      const bugs = requests.filter((line) => line.startsWith('bug: '));
      const all = [...unexpected, ...bugs];
      if (all.length > 0) throw new Error(`The story did not expect:\n${all.join('\n')}`);
    },
  };
  await product.startApp();
  return product;
}

async function issueFor(hub: Hub, activity: string, release?: string): Promise<number> {
  const found = (await seeIssues(hub)).filter((issue) => {
    const marker = isOurs(issue) ? readMarker(issue.body) : undefined;
    return (
      marker?.kind === 'activity' &&
      marker.activity === activity &&
      (release ?? marker.release) === marker.release
    );
  });
  return numberOf(found.at(-1), activity);
}

const numberOf = (issue: { readonly number: number } | undefined, what: string): number => {
  if (!issue) throw new Error(`No issue stands for ${what}`);
  return issue.number;
};

function counters(requests: readonly string[]): Pick<WholeProduct, 'calls' | 'gitCalls' | 'webhooks'> {
  const since = (wanted: (line: string) => boolean) => {
    let from = 0;
    return () => {
      const found = requests.slice(from).filter(wanted);
      from = requests.length;
      return found;
    };
  };
  return {
    // Stories themselves ask without the prefix, so these are the App's.
    calls: since((line) => line.includes(' /api/') && !line.includes('/access_tokens')),
    gitCalls: since((line) => line.includes('.git/')),
    webhooks: since((line) => line.startsWith('webhook ')),
  };
}

async function createControllers(
  root: string,
  ground: Ground,
  githubPort: number,
  { replicas = 1, writer = 'graphql', from }: Running,
  clock: StoryClock,
): Promise<Controller> {
  const log: string[] = [];
  const create = (name: string, port: number): Controller =>
    createController(root, ground, githubPort, { name, port, writer, log, clock, ticks: from === undefined });
  if (replicas === 1) return create('app', ground.appPort);
  const ports = await Promise.all(Array.from({ length: replicas }, freePort));
  const controllers = ports.map((port, index) => create(`replica-${index}`, port));
  return createFleet(controllers, ground.appPort, ports, log);
}

type Replica = {
  readonly name: string;
  readonly port: number;
  readonly writer: WriterKind;
  readonly log: string[];
  readonly clock: StoryClock;
  /** Whether its cron runs, which goes by the machine's time. */
  readonly ticks: boolean;
};

/** The App, which can be stopped and started again, through the same door as `serve`. */
function createController(root: string, ground: Ground, githubPort: number, own: Replica): Controller {
  const { log, clock, ticks } = own;
  let app: App | undefined;
  let data = join(root, `${own.name}-0`);
  let starts = 0;
  return {
    log,
    idle: async () => {
      await app?.idle();
      await clock.noneSoon();
    },
    start: async ({ fresh = false, signingKey = ground.signingKey } = {}) => {
      starts += 1;
      if (fresh) data = join(root, `${own.name}-${starts}`);
      mkdirSync(data, { recursive: true });
      const reading = readEnvironment({
        APP_ID: '1',
        PRIVATE_KEY_PATH: ground.appKey,
        WEBHOOK_SECRET: 'a-secret-of-the-story',
        GHE_HOST: `127.0.0.1:${githubPort}`,
        GHE_PROTOCOL: 'http',
        COUNTERSIGN_SIGNING_KEY: signingKey,
        COUNTERSIGN_DATA: data,
        COUNTERSIGN_WRITER: own.writer,
        PORT: String(own.port),
      });
      if (reading.kind === 'invalid') throw new Error(reading.sentences.join(' '));
      const destination = { write: (line: string) => void log.push(complaintOf(line)) };
      app = createApp(reading.value, {
        listenOn: '127.0.0.1',
        log: createLogger({ level: 'warn', destination }),
        clock,
        ...(ticks ? {} : { timers: () => () => {} }),
      });
      await app.start();
    },
    stop: async () => {
      await app?.stop();
      app = undefined;
    },
  };
}

/** A line of the log in a few words. */
function complaintOf(line: string): string {
  const { key, msg, what, why, err } = JSON.parse(line) as {
    readonly [name: string]: string | undefined;
  } & { readonly err?: { readonly message: string } };
  return [key, msg, what, why, err?.message].filter((part) => part !== undefined).join(': ');
}
