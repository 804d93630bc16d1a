import type { Person } from '../values.ts';

/** What GitHub says a name stands for now. `missing` also covers what may not be seen, without telling which (T13). */
export type Resolution =
  | { readonly kind: 'user'; readonly id: number; readonly login: string }
  | { readonly kind: 'team'; readonly id: number; readonly members: readonly TeamMember[] }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unknown'; readonly why: string };

/** An active member of a team; pending members are not listed. */
export type TeamMember = { readonly person: Person; readonly inherited: boolean };

/** Resolutions by the principal as written, `user:login` or `team:slug`. */
export type Resolutions = { readonly [principal: string]: Resolution };
