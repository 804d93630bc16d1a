import { askedOf } from '../manifest/asked.ts';
import type { Activity } from '../manifest/manifest.ts';
import type { Verdict } from '../policy/policy.ts';
import { barsAuthors, barsCommitters, keptApart } from '../release/apart.ts';
import { approvesBy } from '../release/clockwork.ts';
import { delegatorOf } from '../release/delegation.ts';
import { dutyGap } from '../release/duties.ts';
import type { Author } from '../release/event.ts';
import { isPremature } from '../release/preconditions.ts';
import { failurePolicy, isFailure } from '../release/resolution.ts';
import { shortScope } from '../release/scope.ts';
import {
  type Advice,
  type Attempt,
  type CastVote,
  deferralOf,
  isClosed,
  type OpenRelease,
} from '../release/state.ts';
import { noTimes } from '../release/timetable.ts';
import { answerWords } from './answer-words.ts';
import { type AskedWords, askedWords } from './asked-words.ts';
import { demandLines } from './check-demand-words.ts';
import { differenceLines } from './difference-words.ts';
import { apartLines, unattributableLines } from './duty-words.ts';
import { markdown } from './escape.ts';
import { writeMarker } from './marker.ts';
import { originLines } from './origin-words.ts';
import { listed, logins } from './people.ts';
import { quoted } from './quote.ts';
import { activityMark, type ShownStatus, statusWords } from './status-words.ts';
import { targetWords } from './target-words.ts';
import { ruleLines, verdictSentence } from './verdict-words.ts';
import { yourTurn } from './your-turn.ts';

/** What an activity's issue shows. A view: rendered from the record, free of relative times (design 4). */
export type ActivityPage = {
  readonly state: OpenRelease;
  readonly activity: Activity;
  readonly attempt: Attempt;
  readonly status: ShownStatus;
  readonly verdict: Verdict;
  readonly organization: string;
  readonly hindrance?: string;
};

export const activityIssueTitle = (state: OpenRelease, activity: Activity): string =>
  `${state.release}: ${activity.title}`;

export function activityIssueBody(page: ActivityPage): string {
  const { state, activity, attempt } = page;
  return [
    headline(page),
    '',
    `Release \`${state.release}\`, phase \`${activity.phase}\`, activity \`${activity.id}\`, attempt ${attempt.attempt}.`,
    ...(isPast(attempt) ? [] : whatIsAsked(page)),
    ...section(
      wordsOf(activity).said,
      attempt.votes.map((vote) => voteLine(attempt, activity, vote)),
    ),
    ...section('Advice, without weight', attempt.advice.flatMap(adviceLine)),
    ...section(
      'Delegations',
      attempt.delegations.map(
        ({ from, to, source }) =>
          `- ${markdown(from.person.login)} [lets](${source.url}) ${markdown(to.login)} decide`,
      ),
    ),
    ...section(
      'What changed',
      attempt.lapses.flatMap((lapse) =>
        lapseLines(
          lapse.people.map(({ login }) => login),
          lapse.differences,
        ),
      ),
    ),
    ...section('How it goes on', waysOn(page)),
    ...(attempt.ending || isClosed(state) || isPremature(activity, attempt) ? [] : yourTurn(page)),
    '',
    markerOf(state, attempt),
  ].join('\n');
}

const wordsOf = (activity: Activity): AskedWords => askedWords[askedOf(activity)];

/** The status word, unless the sentence says it already. */
const headline = (page: ActivityPage): string =>
  page.status === 'rejected'
    ? `${activityMark.rejected} ${statusSentence(page)}`
    : `**${activityMark[page.status]} ${statusWords(page.status, askedOf(page.activity))}.** ${statusSentence(page)}`;

/** What is left of the page of an activity that the manifest no longer asks for. */
export const leftoverIssueBody = (state: OpenRelease, attempt: Attempt): string =>
  [
    `**${activityMark.aborted} Aborted.** The manifest no longer asks for this.`,
    '',
    `Release \`${state.release}\`, activity \`${attempt.activity}\`, attempt ${attempt.attempt}.`,
    '',
    markerOf(state, attempt),
  ].join('\n');

/** What is left of an issue that was opened twice in one moment; it bears no mark of ours any more. */
export const doubledIssueBody = (standing: number): string =>
  [
    `**Opened twice.** #${standing} is the one that counts.`,
    '',
    `Nothing that is said here is counted: say it in #${standing}.`,
  ].join('\n');

const markerOf = ({ release }: OpenRelease, { activity, attempt, scope }: Attempt): string =>
  writeMarker({ kind: 'activity', release, activity, attempt, scope });

/** The manifest of today says nothing about an attempt of yesterday. */
const isPast = ({ ending }: Attempt): boolean => ending?.kind === 'superseded' || ending?.kind === 'aborted';

function whatIsAsked(page: ActivityPage): readonly string[] {
  const { state, activity, attempt } = page;
  return [
    `Target: ${targetWords(state.target, state.revision.plan.target)}. Scope: \`${shortScope(attempt.scope)}\`.`,
    ...section('Preconditions', demandLines(activity.preconditions ?? [], attempt.seen)),
    ...section('Instructions', activity.instructions === undefined ? [] : quoted(activity.instructions)),
    ...section('Time', attempt.ending ? [] : timeLines(page)),
    ...section(wordsOf(activity).people, [...ruleLines(page.verdict, askedOf(activity)), ...setAside(page)]),
    ...section('What the manifest does not say itself', originLines(activity)),
    ...section('Commits of nobody', barsCommitters(activity) ? nobodysCommits(state) : []),
  ];
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', `### ${title}`, '', ...lines];

function statusSentence({ state, activity, attempt, verdict, hindrance }: ActivityPage): string {
  const asked = askedOf(activity);
  switch (attempt.ending?.kind) {
    case 'approved':
      return attempt.ending.automatic === undefined
        ? `${asked === 'approval' ? 'Approved' : 'Done'} by ${logins(attempt.ending.by)}.`
        : `Approved automatically, by nobody: ${markdown(attempt.ending.automatic)}`;
    case 'rejected': {
      const { by, reason } = attempt.ending;
      const what = asked === 'approval' ? 'Rejected by' : 'Cannot be done, says';
      return `${what} ${logins(by)}${reason === undefined ? '.' : `: ${markdown(reason)}`}`;
    }
    case 'expired':
      return `${wordsOf(activity).undecided} ${attempt.ending.deadline}.`;
    case 'superseded':
      return attempt.ending.failure === undefined
        ? `${wordsOf(activity).changed}; a new attempt has taken its place.`
        : `\`${attempt.ending.failure}\` has failed since, and this runs for each failure: a new attempt takes its place.`;
    case 'aborted':
      return abortWords[attempt.ending.why];
    default:
      if (isClosed(state))
        return 'Somebody else wrote to the record of this release, so nothing is decided here any more.';
      return hindrance === undefined ? waitingSentence(activity, attempt, verdict) : markdown(hindrance);
  }
}

function waitingSentence(activity: Activity, attempt: Attempt, verdict: Verdict): string {
  const deferral = deferralOf(attempt);
  if (deferral)
    return `Put off until ${deferral.until} by ${markdown(deferral.person.login)}: ${markdown(deferral.reason)}`;
  return verdictSentence(verdict, markdown, askedOf(activity));
}

/** Moments, never the time that is left: a view does not change by itself (S-129, design 4). */
function timeLines({ activity, attempt }: ActivityPage): readonly string[] {
  const { timetable = noTimes } = attempt;
  const { opens, openUntil, deadline } = timetable;
  const stays = activity.timing?.expire === 'stay';
  const approves = approvesBy(timetable, stays);
  const late = stays ? 'is only shown' : 'ends this attempt';
  return [
    ...(opens === undefined ? [] : [`- Decided in a session: votes count from ${opens} on.`]),
    ...(openUntil === undefined
      ? []
      : [`- Open for votes until ${openUntil}, even where enough have approved.`]),
    ...(deadline === undefined ? [] : [`- Deadline: ${deadline}. Missing it ${late}.`]),
    ...(approves === undefined ? [] : [`- Approved automatically at ${approves}, unless somebody rejects.`]),
  ];
}

const abortWords = {
  removed: 'The manifest stopped asking for this.',
  cancelled: 'The release was cancelled.',
  'release-aborted': 'The release was aborted.',
  'release-failed': 'The release failed.',
  unneeded: 'The failure that this was there for is mended.',
} as const;

/** What became of a failure, or how people may go on after it (S-049). */
function waysOn({ state, activity, attempt }: ActivityPage): readonly string[] {
  const { overruled } = attempt;
  if (overruled !== undefined) {
    const how = overruled.act === 'retry' ? 'To be tried again' : 'Ignored: what follows goes on without it';
    return [`${how}, by ${logins(overruled.by)}: ${markdown(overruled.reason)}`];
  }
  if (!isFailure(attempt) || state.ended || isClosed(state)) return [];
  const policy = failurePolicy(state.revision.plan, activity);
  if (policy.kind === 'continue') return ['The release goes on without it, as the manifest says.'];
  const running = policy.kind === 'run' ? [`The phase \`${policy.phase}\` runs because of this.`] : [];
  const custodians = state.revision.custodians === undefined ? [] : overruleLines;
  return [
    ...running,
    '- Change the manifest: where the scope of this activity changes, it is asked again.',
    ...custodians,
    '- `/abort REASON` ends the release; owners and approvers may write it.',
  ];
}

const overruleLines = [
  '- `/retry REASON` asks again and `/ignore REASON` goes on without it; custodians may write them, and none of the authors.',
];

/** Named here, for a person must act before anything is approved (T16). */
function nobodysCommits(state: OpenRelease): readonly string[] {
  const gap = dutyGap(state);
  return gap?.kind === 'unattributable' ? unattributableLines(gap.commits) : [];
}

function setAside({ state, activity, attempt }: ActivityPage): readonly string[] {
  const words = wordsOf(activity);
  const authors = (proof: Author['proof']) =>
    barsAuthors(activity)
      ? state.authors.filter((author) => author.proof === proof).map(({ person }) => person)
      : [];
  const [proven, claimed] = [authors('proven'), authors('claimed')];
  const doubts = attempt.doubts.map(
    ({ person, what }) => `- ⚠️ a comment of ${markdown(person.login)} was ${what}; they have to speak again`,
  );
  return [
    ...(proven.length === 0 ? [] : [`- ${words.authors}: ${logins(proven)}`]),
    ...(claimed.length === 0 ? [] : [`- ${words.claimed}: ${logins(claimed)}`]),
    ...apartLines(keptApart(state, activity)),
    ...doubts,
  ];
}

function voteLine(
  attempt: Attempt,
  activity: Activity,
  { elector, choice, reason, inputs, source }: CastVote,
): string {
  const inputLabel = (id: string) => activity.inputs.find((input) => input.id === id)?.label ?? id;
  const given = Object.entries(inputs).map(
    ([id, value]) => `${markdown(inputLabel(id))}: ${answerWords(value)}`,
  );
  const why = reason === undefined ? '' : `: ${markdown(reason)}`;
  const from = attempt.delegations.find((one) => one.from.person.id === delegatorOf(elector))?.from;
  const place = from === undefined ? '' : ` for ${markdown(from.person.login)}`;
  const verb = wordsOf(activity).verbs[choice];
  return `- ${markdown(elector.person.login)} [${verb}](${source.url})${place} at ${source.createdAt}${why}${given.map((line) => `\n  - ${line}`).join('')}`;
}

const adviceLine = ({ person, choice, reason, source }: Advice): readonly string[] => {
  if (choice === undefined) return [];
  const why = reason === undefined ? '' : `: ${markdown(reason)}`;
  return [`- ${markdown(person.login)} [would ${choice}](${source.url})${why}`];
};

const lapseLines = (
  people: readonly string[],
  changes: Parameters<typeof differenceLines>[0],
): readonly string[] => [
  people.length === 0
    ? 'The manifest changed:'
    : `The manifest changed, so the votes of ${listed(people.map((login) => markdown(login)))} lapsed:`,
  ...differenceLines(changes),
];
