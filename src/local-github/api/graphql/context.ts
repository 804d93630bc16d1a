import type { Host, Viewer } from '../../state/host.ts';

/** What every resolver gets: the running host and who is asking. */
export type Context = { readonly host: Host; readonly viewer: Viewer };
