import { activitiesOf, type Manifest } from '../manifest/manifest.ts';
import { present } from '../written/present.ts';
import { openOrdersIn, runsIn } from './dispatch.ts';
import type { Elsewhere, EnvironmentView, Stand } from './facts.ts';
import type { Guard } from './guard.ts';
import { isOpener, type Opener, rejectedIn } from './opening.ts';
import { contingencies, hasFailed } from './resolution.ts';
import { attemptsOf, isClosed, latestAttempt, type OpenRelease, standingOpening } from './state.ts';
import { unguardedIn } from './unguarded.ts';

/** Names of the environments that a plan opens, each once, in lower case: GitHub compares them ignoring case. */
export const environmentsIn = (plan: Manifest): readonly string[] => [
  ...new Set(
    activitiesOf(plan)
      .filter(isOpener)
      .map(({ environment }) => environment.toLowerCase()),
  ),
];

/** Where a release stands with an environment that its plan names (T5). */
export function standOn(state: OpenRelease, environment: string): Stand {
  if (isClosed(state)) return 'rejected';
  const { plan } = state.revision;
  const apart = contingencies(plan);
  const openers = openersOf(state, environment);
  const attempts = openers.map(({ id }) => latestAttempt(state, id));
  if (state.ended) return 'done';
  if (attempts.some((attempt) => attempt && standingOpening(attempt))) return 'open';
  if (rejectedIn(state)) return 'rejected';
  // A phase that only a failure runs has nothing to open until something fails.
  const wanted = openers.filter(
    ({ phase }) => apart.get(phase)?.some(({ id }) => hasFailed(state, id)) ?? true,
  );
  return wanted.every((one) => isDone(state, one)) ? 'done' : 'waits';
}

/** How the environment was guarded when the release opened it, or why a floor keeps it from opening it (T14). */
const guardOn = (state: OpenRelease, environment: string): { readonly guard?: Guard } => {
  const found = openersOf(state, environment)
    .flatMap(({ id }) => latestAttempt(state, id) ?? [])
    .find(
      (attempt) => standingOpening(attempt) || (!attempt.ending && unguardedIn(state, environment, attempt)),
    );
  return present({ guard: found?.guard });
};

/** What others see of a release and an environment. */
export const viewOf = (state: OpenRelease, environment: string): EnvironmentView => ({
  name: environment,
  stand: standOn(state, environment),
  ...guardOn(state, environment),
  ...usedBy(state, environment),
  ...(isDormant(state, environment) ? { dormant: true } : {}),
});

/** Phases that only a failure runs name it, and nothing has failed. */
const isDormant = (state: OpenRelease, environment: string): boolean =>
  standOn(state, environment) === 'done' &&
  !state.ended &&
  !openersOf(state, environment).every((one) => isDone(state, one));

/** What was let in first, of what stands open. */
function usedBy(state: OpenRelease, environment: string): Pick<EnvironmentView, 'used'> {
  const [first] = openersOf(state, environment)
    .flatMap(({ id }) => latestAttempt(state, id) ?? [])
    .flatMap((attempt) => (attempt.admitted && standingOpening(attempt) ? [attempt.admitted] : []))
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return first ? { used: { run: first.run, attempt: first.attempt, at: first.at } } : {};
}

const openersOf = (state: OpenRelease, environment: string): readonly Opener[] =>
  activitiesOf(state.revision.plan)
    .filter(isOpener)
    .filter((one) => one.environment.toLowerCase() === environment);

const isDone = (state: OpenRelease, { id }: Opener): boolean =>
  latestAttempt(state, id)?.ending?.kind === 'succeeded';

/** What the other releases of the repository have to know of this one; undefined: nothing. */
export function elsewhereOf(state: OpenRelease): Elsewhere | undefined {
  const { plan } = state.revision;
  const names = environmentsIn(plan);
  const openings = openingsIn(state);
  const runs = runsIn(state);
  const orders = openOrdersIn(state).map(({ workflow, commit, at }) => ({ workflow, commit, at }));
  if (names.length + openings.length === 0) return undefined;
  return {
    release: state.release,
    openedAt: state.openedAt,
    ended: state.ended !== undefined,
    supersedes: plan.supersedes === 'previous',
    commit: state.target.commit,
    environments: names.map((name) => viewOf(state, name)),
    openings,
    ...(runs.length === 0 ? {} : { runs }),
    ...(orders.length === 0 ? {} : { orders }),
  };
}

/** The newest opening of each environment, by whichever attempt. */
function openingsIn(state: OpenRelease): Elsewhere['openings'] {
  const newest = new Map<string, Elsewhere['openings'][number]>();
  const all = Object.keys(state.attempts).flatMap((id) =>
    attemptsOf(state, id).flatMap(({ openings }) => openings),
  );
  for (const { environment, commit, at } of all) {
    const name = environment.toLowerCase();
    const known = newest.get(name);
    if (!known || Date.parse(known.at) <= Date.parse(at)) newest.set(name, { environment: name, commit, at });
  }
  return [...newest.values()];
}
