import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { metricsType } from './metrics.ts';
import { type WebhookHandler, webhookPath } from './webhooks.ts';

export type ServerOptions = {
  readonly webhooks: WebhookHandler;
  /** Undefined when ready, else what is still missing. */
  readonly notReady: () => string | undefined;
  /** Numbers for Prometheus. */
  readonly metrics: () => string;
  readonly log: Logger;
};

/** GitHub opens a few; each may hold a body in memory (T17). */
const mostConnections = 256;

const front = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Countersign</title>
<h1>Countersign</h1>
<p>This is a GitHub App that turns release sign-off into git: approvals are given in issues and committed to the
repository's records branch. There is nothing to do on this page.</p>
<p>Webhooks arrive at <code>${webhookPath}</code>; <code>/healthz</code> says that the process lives,
<code>/readyz</code> that it can work, <code>/metrics</code> what it does.</p>
</html>
`;

/** The HTTP side of the App. No answer waits for work. */
export function createHttpServer(options: ServerOptions): Server {
  const server = createServer((request, response) => {
    answer(options, request, response).catch((error: unknown) => {
      options.log.error({ err: error }, 'A request could not be answered');
      if (!response.headersSent) reply(response, 500, 'Something went wrong here.\n');
    });
  });
  // A body that trickles in may not hold a connection for long (T17).
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  server.maxConnections = mostConnections;
  return server;
}

/** Starts to listen; returns the port, which the system has chosen where 0 was asked for. Throws where it is taken. */
export function listen(server: Server, port: number, host?: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Takes no more connections; resolves when the last one has ended. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((closed) => {
    server.close(() => closed());
    server.closeIdleConnections();
  });
}

async function answer(
  options: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '/').split('?')[0];
  if (path === webhookPath && request.method === 'POST') return options.webhooks(request, response);
  if (request.method !== 'GET' && request.method !== 'HEAD') return reply(response, 404, 'Not found.\n');
  if (path === '/healthz') return reply(response, 200, 'alive\n');
  if (path === '/readyz') {
    const missing = options.notReady();
    return missing === undefined ? reply(response, 200, 'ready\n') : reply(response, 503, `${missing}\n`);
  }
  if (path === '/metrics') return reply(response, 200, options.metrics(), metricsType);
  if (path === '/') return reply(response, 200, front, 'text/html; charset=utf-8');
  return reply(response, 404, 'Not found.\n');
}

function reply(
  response: ServerResponse,
  status: number,
  text: string,
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'",
    'x-content-type-options': 'nosniff',
  });
  response.end(text);
}
