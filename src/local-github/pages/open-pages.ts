import type { Host } from '../state/host.ts';
import type { Deliveries } from '../webhooks/deliver.ts';

/** What pages need of the running local GitHub. */
export type PageDoors = { readonly host: Host; readonly deliveries: Deliveries };
export type PageServer = (doors: PageDoors, request: Request) => Promise<Response>;

/** Pages are for people, so they are loaded when the first one comes; `data` holds their key and attachments. */
export function openPages(data: string): PageServer {
  let opened: Promise<PageServer> | null = null;
  return async (doors, request) => {
    opened ??= import('./serve-pages.ts').then(({ pageServer }) => pageServer(data));
    return (await opened)(doors, request);
  };
}
