import type { Role } from '../configuration/configuration.ts';
import { principalsDemanded } from '../configuration/floor.ts';
import { activitiesOf, type Manifest } from '../manifest/manifest.ts';
import { principalsNamed } from '../manifest/principal.ts';
import { askedPrincipals } from '../policy/resolve.ts';
import type { Instant, Sha } from '../values.ts';
import type { Revision } from './event.ts';
import { askingAttempts, type OpenRelease, type ReleaseState } from './state.ts';

/** Threads of decided activities that are still read, for answers to commands that come too late. */
const LATE_THREADS = 20;

/** What must be read to decide about a release, as plain data. */
export type Question = {
  readonly target?: Sha;
  readonly threads: readonly { readonly issue: number; readonly comments: 'all' | 'recent' }[];
  readonly principals: readonly string[];
  readonly ownIssuesSince?: Instant;
};

/** The question that a release raises: of its recorded state, and of the manifest that may open or revise it. */
export function questionOf(
  state: ReleaseState,
  manifest: Manifest | undefined,
  roles: readonly Role[],
  target: Sha | undefined,
): Question {
  const asked = manifest ? principalsIn(manifest, roles) : [];
  if (state.kind === 'unopened')
    return { threads: [], principals: unique(asked), ...(target === undefined ? {} : { target }) };
  const { plan } = state.revision;
  // Approvers of what is decided may still abort, whatever became of the file of the manifest (S-021).
  const recorded = state.ended ? [] : principalsIn(plan, state.revision.roles);
  const revised = state.ended ? [] : [...asked, ...demandedIn(state.revision, roles)];
  return {
    target: state.target.commit,
    threads: threadsOf(state),
    principals: unique([...recorded, ...revised, ...(state.ended ? [] : officesIn(state.revision))]),
    ...(hasUnrecorded(state) ? { ownIssuesSince: state.openedAt } : {}),
  };
}

const principalsIn = (plan: Manifest, roles: readonly Role[]): readonly string[] =>
  activitiesOf(plan).flatMap((activity) => askedPrincipals(principalsNamed(activity), roles));

/** Recorded floors ask for their people in every new manifest, whether it names them or not (T7). */
const demandedIn = ({ floors = [], roles }: Revision, today: readonly Role[]): readonly string[] => {
  const demanded = floors.flatMap(principalsDemanded);
  return [roles, today].flatMap((known) => askedPrincipals(demanded, known));
};

/** Who may abort, overrule or acknowledge, or may vote when nobody has. */
const officesIn = ({ plan, roles, custodians }: Revision): readonly string[] => {
  const owners = [plan.owner, ...plan.phases.map(({ owner }) => owner)].filter((one) => one !== undefined);
  const granted = activitiesOf(plan).flatMap(({ timing }) =>
    (timing?.escalate ?? []).flatMap(({ to, grant }) => (grant ? to : [])),
  );
  return askedPrincipals([...owners, ...(custodians?.from ?? []), ...granted], roles);
};

function threadsOf(state: OpenRelease): Question['threads'] {
  const attempts = Object.values(state.attempts).flatMap((all) => all.slice(-2));
  const numbered = attempts.flatMap((attempt) => {
    const issue = attempt.notices.at(-1)?.issue.number;
    return issue === undefined ? [] : [{ issue, waits: attempt.ending === undefined }];
  });
  const waiting = numbered
    .filter(({ waits }) => waits)
    .map(({ issue }) => ({ issue, comments: 'all' as const }));
  const late = numbered.filter(({ waits }) => !waits).slice(-LATE_THREADS);
  const tracking = state.tracking ? [{ issue: state.tracking.number }] : [];
  return [...waiting, ...[...late, ...tracking].map(({ issue }) => ({ issue, comments: 'recent' as const }))];
}

/** Something should have been opened and no event names it: a crash may have left it behind. */
const hasUnrecorded = (state: OpenRelease): boolean =>
  !state.tracking || askingAttempts(state).some(({ notices }) => notices.length === 0);

/**
 * The question to ask next where issues turn out to be gone that will be made again: whether they have been, by somebody
 * who died before it was recorded. Undefined where the answer is whole.
 */
export function questionAfterLoss(
  state: ReleaseState,
  question: Question,
  isThere: (issue: number) => boolean,
): Question | undefined {
  if (state.kind === 'unopened' || state.ended || question.ownIssuesSince !== undefined) return undefined;
  const waiting = askingAttempts(state);
  const needed = [state.tracking, ...waiting.map((attempt) => attempt.notices.at(-1)?.issue)];
  const lost = needed.some((issue) => issue !== undefined && !isThere(issue.number));
  return lost ? { ...question, ownIssuesSince: state.openedAt } : undefined;
}

const unique = (words: readonly string[]): readonly string[] => [...new Set(words)];
