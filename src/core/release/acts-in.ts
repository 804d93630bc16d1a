import type { OpenRelease } from './state.ts';

/** Comments that are recorded as acts: they are neither heard again nor answered. Ids. */
export const actsIn = (state: OpenRelease): ReadonlySet<number> =>
  new Set([
    ...Object.values(state.attempts).flatMap((attempts) =>
      attempts.flatMap(({ overrules, deferrals, retriedIn }) => [
        ...[...overrules, ...deferrals].map(({ source }) => source.id),
        ...(retriedIn ? [retriedIn.id] : []),
      ]),
    ),
    ...state.acknowledgements.map(({ source }) => source.id),
    ...(state.ended?.kind === 'aborted' ? [state.ended.source.id] : []),
  ]);
