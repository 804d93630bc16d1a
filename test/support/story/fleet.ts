import { createServer, request } from 'node:http';

/** An App that a story can start and stop. */
export type Controller = {
  readonly log: string[];
  idle(): Promise<void>;
  start(how?: { readonly fresh?: boolean; readonly signingKey?: string }): Promise<void>;
  stop(): Promise<void>;
};

/** Several Apps behind one address, each of which gets every webhook: more at once than any real balancer brings. */
export function createFleet(
  controllers: readonly Controller[],
  port: number,
  ports: readonly number[],
  log: string[],
): Controller {
  const front = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => void chunks.push(chunk));
    incoming.on('end', () => {
      const { method, url, headers } = incoming;
      const answers = ports.map(
        (to) =>
          new Promise<number>((resolve) => {
            const outgoing = request(
              { host: '127.0.0.1', port: to, method, path: url, headers },
              (answer) => {
                answer.resume().on('end', () => resolve(answer.statusCode ?? 0));
              },
            );
            outgoing.on('error', () => resolve(502)).end(Buffer.concat(chunks));
          }),
      );
      void Promise.all(answers).then((codes) => response.writeHead(Math.max(...codes)).end());
    });
  });
  const all = async (work: (one: Controller) => Promise<void>): Promise<void> => {
    await Promise.all(controllers.map(work));
  };
  return {
    log,
    idle: () => all((one) => one.idle()),
    start: async (how) => {
      await new Promise<void>((listening) => front.listen(port, '127.0.0.1', listening));
      await all((one) => one.start(how));
    },
    stop: async () => {
      await new Promise((closed) => front.close(closed));
      await all((one) => one.stop());
    },
  };
}
