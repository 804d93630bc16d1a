import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMarker } from '../../../src/core/messages/marker.ts';
import { startLocalGitHub } from '../../../src/local-github/server.ts';
import { type Ground, layGround } from './ground.ts';
import { createHub, type Hub } from './hub.ts';
import { isOurs, seeChecks, seeIssues } from './news.ts';
import { type Someone, someone } from './people.ts';
import { type Records, readRecords } from './records.ts';

/** A local GitHub without an App: a story starts that itself, in this process or as one of its own. */
export type HostSide = {
  readonly root: string;
  readonly ground: Ground;
  readonly port: number;
  readonly hub: Hub;
  readonly records: Records;
  /** The bare repository of acme/payments. */
  readonly bare: string;
  /** Requests and webhooks, as `METHOD /path status` and `webhook event.action -> status`. */
  readonly requests: readonly string[];
  idle(): Promise<void>;
  /** A person whose deeds resolve when `settled` does. */
  as(login: string, settled: () => Promise<void>): Someone;
  /** Number of the newest issue that stands for an activity. */
  issue(activity: string): Promise<number>;
  conclusion(check: string): Promise<string | null | undefined>;
  /** Asks for trouble, see `src/local-github/faults/fault.ts`. */
  trouble(...faults: readonly object[]): Promise<void>;
  close(): Promise<void>;
};

export async function startHostSide(files: Readonly<Record<string, string>> = {}): Promise<HostSide> {
  const root = mkdtempSync(join(tmpdir(), 'countersign-story-'));
  const ground = await layGround(root, files);
  const requests: string[] = [];
  const github = await startLocalGitHub({
    port: 0,
    data: join(root, 'github'),
    seed: { file: ground.seedFile },
    log: (line) => void requests.push(line),
  });
  const [name = ''] = readdirSync(join(root, 'github', 'repositories'));
  const bare = join(root, 'github', 'repositories', name);
  const records = readRecords(bare);
  const hub = createHub(github.url, root);
  return {
    root,
    ground,
    port: github.port,
    hub,
    records,
    bare,
    requests,
    idle: github.idle,
    as: (login, settled) => someone(login, hub, settled),
    issue: async (activity) => {
      const found = (await seeIssues(hub)).findLast((issue) => {
        const marker = isOurs(issue) ? readMarker(issue.body) : undefined;
        return marker?.kind === 'activity' && marker.activity === activity;
      });
      if (found === undefined) throw new Error(`No issue stands for ${activity}`);
      return found.number;
    },
    conclusion: async (check) =>
      (await seeChecks(hub, records)).filter((run) => run.name === check).at(-1)?.conclusion,
    trouble: async (...faults) => {
      const answer = await hub.request('mona', 'POST', '/_local/faults', faults);
      if (answer.status >= 300) throw new Error(`No such trouble: ${JSON.stringify(answer.body)}`);
    },
    close: async () => {
      await github.close();
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
      const bugs = requests.filter((line) => line.startsWith('bug: '));
      if (bugs.length > 0) throw new Error(bugs.join('\n'));
    },
  };
}

/** What `serve` is told by its environment to live on this ground. */
export const environmentOn = (
  { ground, root }: HostSide,
  hostPort: number,
): Readonly<Record<string, string>> => ({
  APP_ID: '1',
  PRIVATE_KEY_PATH: ground.appKey,
  WEBHOOK_SECRET: 'a-secret-of-the-story',
  GHE_HOST: `127.0.0.1:${hostPort}`,
  GHE_PROTOCOL: 'http',
  COUNTERSIGN_SIGNING_KEY: ground.signingKey,
  COUNTERSIGN_DATA: join(root, 'app'),
  PORT: String(ground.appPort),
});
