import type { GitRepository } from '../git/git-repository.ts';
import type { Change } from './changes.ts';
import type { State } from './state.ts';
import type { Delivery, Level, Repository, Time } from './types.ts';

/** Who is asking, after authentication. */
export type Viewer =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'user'; readonly userId: number; readonly viaAppId: number | null }
  | { readonly kind: 'app'; readonly appId: number }
  | {
      readonly kind: 'installation';
      readonly appId: number;
      readonly installationId: number;
      readonly permissions: Readonly<Record<string, Level>>;
      readonly repositoryIds: readonly number[] | null;
    };

/** The running local GitHub, as everything behind its doors sees it. */
export type Host = {
  readonly state: State;
  /** Address without a trailing slash, e.g. `http://127.0.0.1:4000`. */
  readonly url: () => string;
  readonly now: () => Date;
  readonly log: (line: string) => void;
  readonly git: (repository: Repository) => GitRepository;
  /** Tells subscribed Apps about a change and schedules a snapshot. `senderId` is an account id. */
  readonly announce: (change: Change, senderId: number) => void;
  /** Keeps a delivery that has been answered, or never will be. */
  readonly delivered: (delivery: Delivery) => void;
  /** Schedules a snapshot for changes nobody is told about. */
  readonly touched: () => void;
};

/** The present moment in GitHub's one-second resolution. */
export const stamp = (host: Pick<Host, 'now'>): Time => secondsOnly(host.now());

export const secondsOnly = (date: Date): Time => `${date.toISOString().slice(0, 19)}Z`;
