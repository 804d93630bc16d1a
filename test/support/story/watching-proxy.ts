import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request on its way from the App to the host. */
export type Passing = {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
};

export type WatchingProxy = {
  readonly port: number;
  close(): Promise<void>;
};

/**
 * Stands between an App and its host, and sees everything that goes by. A request goes on when `watch` resolves, and never
 * where it does not.
 */
export async function startWatchingProxy(
  hostPort: number,
  watch: (passing: Passing) => Promise<void>,
): Promise<WatchingProxy> {
  const answer = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const { method = '', url: path = '', headers } = incoming;
    await watch({ method, path, authorization: headers.authorization, body: body.toString('latin1') });
    const { 'transfer-encoding': _, ...rest } = headers;
    const outgoing = request(
      {
        host: '127.0.0.1',
        port: hostPort,
        method,
        path,
        headers: { ...rest, 'content-length': body.byteLength },
      },
      (reply) => {
        response.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(response);
      },
    );
    outgoing.on('error', () => response.destroy());
    outgoing.end(body);
  };
  const server = createServer((incoming, response) => {
    answer(incoming, response).catch(() => response.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.closeAllConnections();
      return new Promise((closed) => server.close(() => closed()));
    },
  };
}
