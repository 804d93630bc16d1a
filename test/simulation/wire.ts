import { ForgeError } from '../../src/ports/forge.ts';
import type { Random } from './random.ts';
import type { Stage } from './stage.ts';

/** A call that a process of the App has made and nobody has carried yet. */
type PendingCall = {
  readonly process: number;
  readonly what: string;
  readonly carry: () => Promise<void>;
  readonly answer: () => void;
  readonly drop: () => void;
};

/** Where a process dies: at its n-th call from now, of those whose name holds `at`, before that took effect or after. */
export type Crash = { readonly calls: number; readonly when: 'before' | 'after'; readonly at?: string };

/** Carries the App's calls to the host one at a time, in an order that the seed decides. */
export type Wire = {
  readonly fetchOf: (process: number) => typeof fetch;
  readonly transferOf: (process: number) => (copy: () => void) => Promise<void>;
  readonly forget: (process: number) => void;
  readonly planCrash: (crash: Crash | undefined) => void;
  /** Carries up to `limit` calls until nothing is under way; false: the process died. */
  readonly run: (limit: number) => Promise<boolean>;
  readonly pending: () => number;
  /** Everything that was carried, in words, for whoever reads what happened. */
  readonly log: string[];
  readonly carried: () => number;
};

export function createWire(stage: Stage, random: Random, tick: () => void): Wire {
  let pending: PendingCall[] = [];
  let crash: (Crash & { calls: number }) | undefined;
  let carried = 0;
  const dead = new Set<number>();
  const doomed: PendingCall[] = [];
  const log: string[] = [];
  /** Whatever can go on without the host has gone on when the event loop comes round. */
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const call = <T>(process: number, what: string, work: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      // Whatever a dead process still thinks of comes to nothing; libraries that outlive it must not wait for ever.
      if (dead.has(process)) return reject(new TypeError('fetch failed'));
      let outcome: () => void = () => undefined;
      const carry = () =>
        work().then(
          (value) => {
            outcome = () => resolve(value);
          },
          (error: unknown) => {
            outcome = () => reject(error);
          },
        );
      const drop = () => reject(new TypeError('fetch failed'));
      pending.push({ process, what, carry, answer: () => outcome(), drop });
    });
  return {
    log,
    carried: () => carried,
    pending: () => pending.length,
    fetchOf: (process) => (input, init) =>
      call(process, describe(String(input), init), async () => {
        const served = await stage.ask(requestOf(String(input), init));
        if (served.kind === 'cut') throw new TypeError('fetch failed');
        return readOut(served.response);
      }),
    transferOf: (process) => (copy) =>
      call(process, 'git fetch', async () => {
        const struck = stage.faults.onCall(['git']);
        const early = struck.some((fault) => !('when' in fault) || fault.when === 'before');
        if (struck.length === 0 || !early) copy();
        if (struck.length > 0) throw new ForgeError('unavailable', `git fetch failed: ${struck[0]?.do}`);
      }),
    forget: (process) => {
      dead.add(process);
      for (const one of [...pending, ...doomed.splice(0)]) if (one.process === process) one.drop();
      pending = pending.filter((one) => one.process !== process);
    },
    planCrash: (planned) => {
      crash = planned === undefined ? undefined : { ...planned };
    },
    run: async (limit) => {
      for (let left = limit; left > 0; left -= 1) {
        await settle();
        if (pending.length === 0) return true;
        const [next] = pending.splice(random.below(pending.length), 1);
        if (next === undefined) return true;
        const nears = crash !== undefined && (crash.at === undefined || next.what.includes(crash.at));
        const dies = nears && crash !== undefined && crash.calls <= 1;
        if (nears && crash !== undefined) crash.calls -= 1;
        carried += 1;
        if (dies) doomed.push(next);
        if (dies && crash?.when === 'before') {
          log.push(`${next.what}: died before`);
          return false;
        }
        tick();
        await next.carry();
        log.push(dies ? `${next.what}: died after` : next.what);
        if (dies) return false;
        next.answer();
      }
      await settle();
      return true;
    },
  };
}

/** What the host reads of a request. A real one streams its body, which takes longer than most answers. */
function requestOf(url: string, init: RequestInit = {}): Request {
  const { method = 'GET', headers, body } = init;
  const text = typeof body === 'string' ? body : '';
  const request = {
    url,
    method: method.toUpperCase(),
    headers: new Headers(headers),
    text: async () => text,
    json: async () => JSON.parse(text) as unknown,
    clone: () => request,
  } as unknown as Request;
  return request;
}

/** An answer whose body has arrived: to read it takes no turn of the event loop, so nobody waits for anything unseen. */
async function readOut(response: Response): Promise<Response> {
  const body = await response.text();
  const { status, headers } = response;
  const read = {
    status,
    headers,
    url: '',
    text: async () => body,
    json: async () => JSON.parse(body) as unknown,
  };
  return read as unknown as Response;
}

function describe(url: string, init: RequestInit | undefined): string {
  const path = new URL(url).pathname.replace('/api/v3', '');
  if (path !== '/api/graphql') return `${init?.method ?? 'GET'} ${path}`;
  const { query } = JSON.parse(String(init?.body)) as { readonly query: string };
  const fields = [...query.matchAll(/\bw\d+: (\w+)\(/g)].map((match) => match[1]);
  if (fields.length > 0) return `graphql ${fields.join(', ')}`;
  return `graphql ${query.startsWith('mutation') ? 'createCommitOnBranch' : 'read'}`;
}
