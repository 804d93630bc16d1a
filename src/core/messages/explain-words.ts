import { type Asked, askedOf } from '../manifest/asked.ts';
import { activitiesOf } from '../manifest/manifest.ts';
import type { RuleVerdict } from '../policy/policy.ts';
import { type Impossible, type Supposed, wouldBegin } from '../release/as-if.ts';
import type { Coming } from '../release/clockwork.ts';
import { delegatorOf } from '../release/delegation.ts';
import type { Difference } from '../release/event.ts';
import type {
  ExplainedAttempt,
  Explanation,
  ReleaseExplanation,
  SetAside,
  Skip,
} from '../release/explain.ts';
import { shortScope } from '../release/scope.ts';
import type { Escalated } from '../release/state.ts';
import type { Wait } from '../release/waits.ts';
import { askedWords } from './asked-words.ts';
import { sentenceOf } from './commit-message.ts';
import { reasonWords } from './duty-words.ts';
import { terminal } from './escape.ts';
import { failureWords } from './machine-words.ts';
import { type Escaper, listed, logins, principalsWords, ruleWords } from './people.ts';
import { releaseWords, statusWords } from './status-words.ts';
import { verdictSentence } from './verdict-words.ts';
import { wordedDifferences } from './worded-differences.ts';

/** Lines are made inert as a whole, so that nothing from outside can begin a line or obey anything (T18). */
const plain: Escaper = (text) => text;

/** Why a release stands where it stands, as lines for a terminal. */
export const explanationLines = (whole: ReleaseExplanation): readonly string[] => {
  const { release, title, at, status, activities } = whole;
  const where = whereToLook(whole);
  return [
    `Release ${release}: ${title}. ${releaseWords[status]}, seen at ${at}.`,
    nextWords(whole),
    ...activities.flatMap((one) => activityLines(one, where)),
  ].map(terminal);
};

/** What comes next without anybody doing anything, as far as the record tells. */
function nextWords({ isOver, next, activities }: ReleaseExplanation): string {
  if (next !== undefined) return `The next thing that happens by itself is due at ${next}.`;
  if (isOver) return 'Nothing happens by itself any more.';
  return activities.some(hangsOnOthers)
    ? 'The record names no moment at which something happens by itself. What it does not hold can move it: GitHub, machines and the configuration.'
    : 'Nothing happens by itself: only people can move it.';
}

const hangsOnOthers = ({ waitsFor, attempt }: Explanation): boolean =>
  waitsFor.some(({ kind }) => ['people', 'committers', 'look', 'unwanted'].includes(kind)) ||
  (attempt !== undefined && attempt.machine !== undefined && attempt.ending === undefined);

/** Names, commits and files are looked up on GitHub: no record tells what that says now. */
const whereToLook = ({ tracking }: ReleaseExplanation): string =>
  `If that takes longer than a minute, something hinders it that only GitHub tells, such as a name that does not exist: ${
    tracking === undefined ? 'the tracking issue of the release' : `issue #${tracking.number}`
  } says what.`;

function activityLines(
  { activity, title, asked, status, waitsFor, skipped, attempt }: Explanation,
  where: string,
): readonly string[] {
  const which = attempt === undefined ? '' : `, attempt ${attempt.attempt} @${shortScope(attempt.scope)}`;
  return [
    '',
    `${activity}: ${title}. ${statusWords(status, asked)}${which}`,
    ...waitsFor.map((wait) => `  ${waitWords(wait, where)}`),
    ...(skipped === undefined ? [] : skipLines(skipped).map((line) => `  ${line}`)),
    ...(attempt === undefined ? [] : attemptLines(attempt, asked).map((line) => `  ${line}`)),
  ];
}

const skipLines = ({ condition, values, failed, begunBy }: Skip): readonly string[] => [
  ...(begunBy.length === 0 ? [] : [`Its turn came because ${listed(begunBy)} failed.`]),
  `Left out, because its condition is false: if: ${condition}`,
  ...values.map(({ path, value }) => `- ${path} is ${cut(value)}`),
  ...(failed === undefined ? [] : [failedWords(failed)]),
];

const failedWords = (failed: readonly string[]): string =>
  failed.length === 0 ? '- nothing that it needs has failed' : `- failed before it: ${listed(failed)}`;

function attemptLines(attempt: ExplainedAttempt, asked: Asked): readonly string[] {
  const { ending, overruled, deferred, verdict, votes, doubts, objectors, setAside, lapses, coming } =
    attempt;
  const { machine, delegations, escalations } = attempt;
  const open = ending === undefined && machine === undefined;
  return [
    `Begun ${attempt.activatedAt}.`,
    ...endingWords(ending, asked),
    ...(ending === undefined ? (machine ?? []) : []),
    ...(overruled === undefined
      ? []
      : [`Overruled (${overruled.act}) by ${logins(overruled.by, plain)}: ${overruled.reason}`]),
    ...(deferred === undefined
      ? []
      : [`Put off until ${deferred.until} by ${deferred.person.login}: ${deferred.reason}`]),
    ...(open && deferred === undefined ? [verdictSentence(verdict, plain, asked)] : []),
    ...(open && asked === 'approval' ? verdict.rules.map(ruleLine) : []),
    ...escalations.map(escalatedWords),
    ...votes.map(({ elector, choice, reason, source }) => {
      const why = reason === undefined ? '' : `: ${reason}`;
      const from = delegations.find((one) => one.from.person.id === delegatorOf(elector))?.from;
      const place = from === undefined ? '' : ` for ${from.person.login}`;
      return `- ${elector.person.login} ${askedWords[asked].verbs[choice]}${place} at ${source.createdAt}${why}`;
    }),
    ...setAside.map((one) => `- set aside: ${one.vote.elector.person.login} ${asideWords(one.why)}`),
    ...doubts.map(({ person, what }) => `- in doubt: ${person.login}, because a comment was ${what}`),
    ...(objectors.length === 0 ? [] : [`- still objecting: ${logins(objectors, plain)}`]),
    ...lapses.flatMap(({ people, differences, at }) => [
      `- lapsed at ${at}: the votes of ${logins(people, plain)}, because this changed:`,
      ...differenceLines(differences),
    ]),
    ...coming.map((one) => `- ${one.at}: ${escalationWords(one) ?? comingWords[one.kind]}`),
  ];
}

/** Whom an escalation told, and who may vote because of it though no rule names them (S-087). */
const escalatedWords = ({ to, granted }: Escalated): string => {
  const whom = principalsWords(to, 'and', plain);
  if (granted.length === 0) return `- escalated to ${whom}`;
  return `- escalated to ${whom}: ${logins(
    granted.map(({ person }) => person),
    plain,
  )} may vote too`;
};

const escalationWords = (coming: Coming): string | undefined => {
  if (coming.kind !== 'escalation') return undefined;
  const { escalation } = coming;
  const whom = principalsWords(escalation.to, 'and', plain);
  return escalation.grant ? `an escalation: ${whom} may vote too` : `an escalation: ${whom} is told`;
};

function ruleLine({ rule, seats, counted, met, closed }: RuleVerdict): string {
  const have = counted.length === 0 ? '' : ` (${logins(counted, plain)})`;
  const stands = met ? 'met' : closed ? 'its turn comes later' : 'open';
  return `- ${ruleWords(rule, plain)}: ${counted.length} of ${seats}${have}, ${stands}`;
}

function endingWords(ending: ExplainedAttempt['ending'], asked: Asked): readonly string[] {
  const words = askedWords[asked];
  switch (ending?.kind) {
    case undefined:
      return [];
    case 'approved': {
      const how =
        ending.automatic === undefined ? `by ${logins(ending.by, plain)}` : 'automatically, by nobody';
      return [`${capital(words.outcomes.approved)} at ${ending.at} ${how}.`];
    }
    case 'rejected': {
      const why = ending.reason === undefined ? '.' : `: ${ending.reason}`;
      return [`${capital(words.outcomes.rejected)} at ${ending.at} by ${logins(ending.by, plain)}${why}`];
    }
    case 'expired':
      return [`${words.undecided} ${ending.deadline}.`];
    case 'superseded':
      return ending.failure === undefined
        ? [`Superseded at ${ending.at}, because this changed:`, ...differenceLines(ending.differences)]
        : [`Superseded at ${ending.at}, because ${ending.failure} has failed since: it is asked again.`];
    case 'succeeded':
      return [`Done at ${ending.at}.`];
    case 'failed':
      return [`Failed at ${ending.at}: ${failureWords[ending.why]}.`];
    case 'aborted':
      return [`Aborted at ${ending.at} (${ending.why}).`];
  }
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function asideWords(why: SetAside['why']): string {
  switch (why.kind) {
    case 'author':
      return 'has a hand in the manifest';
    case 'committer':
      return 'made commits of this release';
    case 'approver':
      return `${why.task ? 'did' : 'approved'} ${why.activity}, which is kept apart from this`;
    case 'no-seat':
      return 'approved, and is not needed: the seats are taken, or it is not their turn';
  }
}

function waitWords(wait: Wait, where: string): string {
  switch (wait.kind) {
    case 'ended':
      return 'Never begun: the release has ended.';
    case 'closed':
      return 'Waits until custodians take note of what somebody else wrote to the record.';
    case 'start':
      return `Waits for the start of the release, ${wait.at}.`;
    case 'phase':
      return `Waits for the phase ${wait.phase}.`;
    case 'activity':
      return `Waits for ${wait.activity}.`;
    case 'failure':
      return `Begins only if ${listed(wait.of, 'or')} fails.`;
    case 'condition':
      return wait.why;
    case 'unwanted':
      return 'Its turn has come and its condition is false: it is left out as soon as anybody looks again.';
    case 'people':
      return `Its turn has come: it begins as soon as GitHub tells who may vote. ${where}`;
    case 'committers':
      return `Its turn has come: it begins as soon as GitHub tells who made the commits of the target, and who may vote. ${where}`;
    case 'look':
      return `Its turn has come: it begins as soon as it is looked at again. ${where}`;
  }
}

const comingWords: { readonly [K in Coming['kind']]: string } = {
  resumes: 'waits again',
  'voting-opens': 'votes count from then on',
  'voting-closes': 'the shortest voting time is over',
  approves: 'is approved automatically, unless somebody rejects',
  reminder: 'a reminder',
  escalation: 'an escalation',
  expires: 'the deadline; missing it ends the attempt',
};

const LONGEST = 200;

const differenceLines = (differences: readonly Difference[]): readonly string[] =>
  wordedDifferences(differences).map(
    ({ path, before, after }) => `    ${path}: ${cut(before ?? 'nothing')} → ${cut(after ?? 'nothing')}`,
  );

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/** What a supposition would bring about; it comes before the explanation, so that nobody takes one for the other. */
export const supposedLines = (supposed: Supposed): readonly string[] => {
  const begins = wouldBegin(supposed);
  const asked = new Map(activitiesOf(supposed.state.revision.plan).map((one) => [one.id, askedOf(one)]));
  return [
    'HYPOTHETICAL: none of this has happened, and nothing was written.',
    ...supposed.happened.flatMap((event) => [
      `  ${event.at}  ${sentenceOf(event, 'activity' in event.body ? asked.get(event.body.activity) : undefined)}`,
      ...('differences' in event.body ? differenceLines(event.body.differences) : []),
    ]),
    ...(supposed.happened.length === 0 ? ['  Nothing would happen.'] : []),
    ...begins.map((id) => `  Then ${id} would begin; who may vote there is known when it does.`),
    ...[...supposed.unknown].map(
      (id) => `  ${id} would ask people whom the record does not tell; nothing is decided about it here.`,
    ),
    ...supposed.untold.map(
      ({ activity, to }) =>
        `  ${principalsWords(to, 'and', plain)} may vote on ${activity} from then on; who that is the record does not tell.`,
    ),
    '',
  ].map(terminal);
};

/** Why something cannot be supposed. Plain text: sinks escape it. */
export function impossibleWords(impossible: Impossible): string {
  switch (impossible.kind) {
    case 'no-such-activity':
      return `The release has no activity ${impossible.activity}.`;
    case 'not-waiting':
      return `${impossible.activity} does not wait for votes.`;
    case 'not-eligible':
      return impossible.why === undefined
        ? `${impossible.login} is not among the people whom the record names for ${impossible.activity}.`
        : `${impossible.login} ${reasonWords(impossible.why)}, and does not vote on ${impossible.activity}.`;
    case 'not-your-turn':
      return `It is not the turn of ${impossible.login} on ${impossible.activity}.`;
    case 'past':
      return `The moment has to come after ${impossible.at}.`;
  }
}
