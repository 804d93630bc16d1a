import { spawn } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';
import { gitEnvironment } from './run-git.ts';

export type BackendRequest = {
  readonly repositoryPath: string;
  /** The part after the repository, e.g. `/info/refs`. */
  readonly service: string;
  readonly request: Request;
  /** The authenticated login; empty for an anonymous reader, who cannot push. */
  readonly remoteUser: string;
  /** Read already, where somebody had to look into it. */
  readonly body?: Buffer;
  /** For the hooks. */
  readonly environment?: Readonly<Record<string, string>>;
};

/** Answers one smart HTTP request with `git http-backend`. The answer's body is a stream. */
export function serveGit(input: BackendRequest): Promise<Response> {
  const { request } = input;
  const url = new URL(request.url);
  const header = (name: string) => request.headers.get(name);
  const env: Record<string, string> = {
    ...gitEnvironment(),
    ...input.environment,
    GIT_PROJECT_ROOT: dirname(input.repositoryPath),
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_INFO: `/${basename(input.repositoryPath)}${input.service}`,
    QUERY_STRING: url.search.slice(1),
    REQUEST_METHOD: request.method,
    CONTENT_TYPE: header('content-type') ?? '',
    REMOTE_ADDR: '127.0.0.1',
  };
  const optional: [string, string | null][] = [
    ['CONTENT_LENGTH', input.body === undefined ? header('content-length') : String(input.body.length)],
    ['HTTP_CONTENT_ENCODING', header('content-encoding')],
    ['GIT_PROTOCOL', header('git-protocol')],
    ['REMOTE_USER', input.remoteUser || null],
  ];
  for (const [name, value] of optional) if (value !== null) env[name] = value;
  const child = spawn('git', ['http-backend'], { env });
  child.stdin.on('error', () => undefined); // the backend may answer before it has read everything
  child.stderr.resume();
  if (input.body !== undefined) child.stdin.end(input.body);
  else if (request.body === null) child.stdin.end();
  else
    Readable.fromWeb(request.body as NodeReadableStream)
      .on('error', () => child.kill())
      .pipe(child.stdin);
  return readCgi(child.stdout);
}

/** Node's own adapter throws in nobody's hands where a client goes away in the middle of an answer. */
function streamOf(output: Readable): ReadableStream<Uint8Array> {
  const parts = output[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => void output.destroy(),
  });
}

/** Splits a CGI answer into its header and the stream that follows. */
function readCgi(output: Readable): Promise<Response> {
  return new Promise((resolve, reject) => {
    let head = Buffer.alloc(0);
    const finish = (end: number, length: number) => {
      output.off('data', onData);
      output.pause();
      const rest = head.subarray(end + length);
      if (rest.length > 0) output.unshift(rest);
      const headers = new Headers();
      let status = 200;
      for (const line of head.subarray(0, end).toString('latin1').split(/\r?\n/)) {
        const colon = line.indexOf(':');
        const name = line.slice(0, colon);
        const value = line.slice(colon + 1).trim();
        if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
        else if (colon > 0) headers.append(name, value);
      }
      resolve(new Response(streamOf(output), { status, headers }));
    };
    const onData = (chunk: Buffer) => {
      head = Buffer.concat([head, chunk]);
      const crlf = head.indexOf('\r\n\r\n');
      if (crlf >= 0) finish(crlf, 4);
    };
    output.on('data', onData);
    output.once('end', () => reject(new Error('git http-backend ended without an answer')));
    output.once('error', reject);
  });
}
