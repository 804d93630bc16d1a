import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import { createNodeMiddleware, Probot } from 'probot';
import { createRoom, readBody } from './body.ts';

export const webhookPath = '/api/github/webhooks';

/** Bytes of all deliveries that are being read at one time. */
const largestTogether = 128 * 1024 * 1024;

export type WebhookOptions = {
  readonly appId: number;
  readonly privateKey: string;
  readonly secret: string;
  /** Root of the host's REST API. */
  readonly api: string;
  readonly log: Logger;
  /** Told the event and its payload once the signature is right; must return at once. */
  readonly receive: (event: string, payload: unknown) => void;
  /** Told of a delivery that was not handed on. */
  readonly refused?: (why: 'refused' | 'too-large') => void;
  /** Bytes; 25 MB where nothing is said. */
  readonly limit?: number;
};

/** Answers `POST /api/github/webhooks`. */
export type WebhookHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Webhooks through Probot, which compares signatures in constant time. The body is read and measured before anything
 * looks into it; a delivery is only a hint (T6), so nothing waits for work and nothing is believed because it came.
 */
export async function createWebhookHandler(options: WebhookOptions): Promise<WebhookHandler> {
  const probot = new Probot({
    appId: options.appId,
    privateKey: options.privateKey,
    secret: options.secret,
    baseUrl: options.api,
    log: options.log,
  });
  const middleware = await createNodeMiddleware(
    (app) => app.onAny((event) => options.receive(event.name, event.payload)),
    { probot, webhooksPath: webhookPath },
  );
  const room = createRoom(largestTogether);
  const refuse = (response: ServerResponse, status: number, sentence: string): void => {
    options.refused?.(status === 413 ? 'too-large' : 'refused');
    response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' });
    response.end(`${sentence}\n`);
  };
  return async (request, response) => {
    const body = await readBody(request, options.limit, room);
    if (body.kind === 'broken-off') return;
    if (body.kind === 'too-large') return refuse(response, 413, 'The payload is too large.');
    // A delivery that is turned away counts as failed, and is asked for again within five minutes.
    if (body.kind === 'no-room') return refuse(response, 503, 'Too much is being delivered at once.');
    try {
      // Every payload is an object; Probot stumbles over `null`.
      if (!isObject(body.bytes)) return refuse(response, 400, 'Expected a JSON object.');
      // Probot takes a body that was read before from these two properties.
      await middleware(Object.assign(request, { body: {}, rawBody: body.bytes }), response);
      if (response.statusCode >= 400) options.refused?.('refused');
    } finally {
      room.give(body.bytes.byteLength);
    }
  };
}

const isObject = (json: Uint8Array): boolean =>
  /^[ \t\r\n]*\{/.test(Buffer.from(json.subarray(0, 100)).toString('latin1'));
