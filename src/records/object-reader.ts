import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { GitError } from './git-command.ts';
import { gitEnvironment } from './git-environment.ts';

/** What git has under a name: its content, or that it is missing, no file, or larger than the limit. */
export type ReadObject =
  | { readonly kind: 'blob'; readonly id: string; readonly bytes: Buffer }
  | { readonly kind: 'missing' }
  | { readonly kind: 'other'; readonly id: string; readonly type: string }
  | { readonly kind: 'too-large'; readonly id: string; readonly size: number };

export type ObjectReader = {
  /** Names are object ids, `commit:path` or `ref^{commit}`; results in the same order. A name with a line break is missing. */
  read(names: readonly string[], limit: number): Promise<readonly ReadObject[]>;
  close(): void;
};

/** What was asked for together; the answers come in the same order. */
type Batch = {
  readonly limit: number;
  readonly asked: number;
  readonly found: ReadObject[];
  readonly resolve: (found: readonly ReadObject[]) => void;
  readonly reject: (error: Error) => void;
};

/** Reads objects through one long-lived `git cat-file --batch`, which sees what later fetches bring, too. */
export function createObjectReader(directory: string): ObjectReader {
  let current: Session | undefined;
  const session = (): Session => {
    if (current === undefined || current.ended()) current = startSession(directory);
    return current;
  };
  return {
    read: (names, limit) => session().ask(names, limit),
    close: () => {
      current?.close();
      current = undefined;
    },
  };
}

type Session = {
  ask(names: readonly string[], limit: number): Promise<readonly ReadObject[]>;
  ended(): boolean;
  close(): void;
};

function startSession(directory: string): Session {
  const child = spawn('git', ['cat-file', '--batch'], { cwd: directory, env: gitEnvironment() });
  keepAlive(child, false);
  const waiting: Batch[] = [];
  let over = false;
  const end = (why: string): void => {
    over = true;
    for (const batch of waiting.splice(0)) batch.reject(new GitError(`git cat-file ended: ${why}`));
  };
  child.on('error', (error) => end(error.message));
  child.on('close', (code) => end(`exit code ${code}`));
  child.stdin.on('error', (error) => end(error.message));
  child.stderr.resume();
  const parse = createBatchParser(waiting);
  child.stdout.on('data', (chunk: Buffer) => {
    parse(chunk);
    if (waiting.length === 0) keepAlive(child, false);
  });
  return {
    ask: async (names, limit) => {
      const asked = names.filter(isAskable);
      if (asked.length === 0) return names.map(() => missing);
      const answers = new Promise<readonly ReadObject[]>((resolve, reject) =>
        waiting.push({ limit, asked: asked.length, found: [], resolve, reject }),
      );
      keepAlive(child, true);
      child.stdin.write(`${asked.join('\n')}\n`);
      const found = await answers;
      let next = 0;
      return asked.length === names.length
        ? found
        : names.map((name) => (isAskable(name) ? (found[next++] ?? missing) : missing));
    },
    ended: () => over,
    close: () => {
      over = true;
      child.stdin.end();
    },
  };
}

/** A line break would be two questions. */
function isAskable(name: string): boolean {
  return !/[\n\0]/.test(name);
}

const missing: ReadObject = { kind: 'missing' };

/** An idle reader does not keep the process alive; one that is asked does. */
function keepAlive(child: ChildProcessWithoutNullStreams, busy: boolean): void {
  const handles: readonly object[] = [child, child.stdin, child.stdout, child.stderr];
  for (const handle of handles) {
    const toggle = busy ? 'ref' : 'unref';
    if (hasToggle(handle, toggle)) handle[toggle]();
  }
}

/** Pipes are sockets, which is more than their types say. */
function hasToggle<K extends 'ref' | 'unref'>(
  handle: object,
  toggle: K,
): handle is { [key in K]: () => void } {
  return toggle in handle;
}

type Body = {
  readonly id: string;
  readonly type: string;
  readonly size: number;
  left: number;
  parts: Buffer[];
};

/** Takes the output apart; content above the limit of its request is passed over, never held in memory (T17). */
function createBatchParser(waiting: Batch[]): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let body: Body | undefined;
  const header = (line: string): void => {
    const [id = '', type = '', size = ''] = line.split(' ');
    if (/^[0-9a-f]{40,64}$/.test(id) && /^\d+$/.test(size)) {
      body = { id, type, size: Number(size), left: Number(size) + 1, parts: [] };
    } else answer(waiting, missing);
  };
  const take = (open: Body, chunk: Buffer): number => {
    const part = chunk.subarray(0, open.left);
    open.left -= part.length;
    if (open.size <= (waiting[0]?.limit ?? 0)) open.parts.push(part);
    if (open.left === 0) {
      body = undefined;
      answer(waiting, objectOf(open, waiting[0]?.limit ?? 0));
    }
    return part.length;
  };
  return (chunk) => {
    let data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    rest = Buffer.alloc(0);
    while (data.length > 0) {
      if (body !== undefined) {
        data = data.subarray(take(body, data));
        continue;
      }
      const end = data.indexOf(10);
      if (end < 0) {
        rest = data;
        return;
      }
      header(data.toString('utf8', 0, end));
      data = data.subarray(end + 1);
    }
  };
}

function objectOf({ id, type, size, parts }: Body, limit: number): ReadObject {
  if (type !== 'blob') return { kind: 'other', id, type };
  if (size > limit) return { kind: 'too-large', id, size };
  return { kind: 'blob', id, bytes: Buffer.concat(parts).subarray(0, size) };
}

function answer(waiting: Batch[], object: ReadObject): void {
  const [batch] = waiting;
  if (batch === undefined) return;
  batch.found.push(object);
  if (batch.found.length < batch.asked) return;
  waiting.shift();
  batch.resolve(batch.found);
}
