import { evidenceIn } from '../form/evidence-in.ts';
import type { Asked } from '../manifest/asked.ts';
import type { Happening, HappeningOf, ReleaseEvent } from '../release/event.ts';
import type { Person } from '../values.ts';
import { admissionSentence } from './admission-words.ts';
import { askedWords } from './asked-words.ts';
import { runWords } from './check-demand-words.ts';
import { dispatchSentence } from './dispatch-words.ts';
import { trailer } from './escape.ts';
import { machineSentence } from './machine-words.ts';
import { taskEvents } from './task-events.ts';

/** What one commit appends to one release. */
export type Appended = {
  readonly release: string;
  readonly events: readonly ReleaseEvent[];
  /** What the record held before; it tells which activities are tasks. */
  readonly before?: readonly ReleaseEvent[];
};

const longestSubject = 72;

/**
 * The message of a records commit, for readers of `git log`: a sentence of at most 72 characters, what happened in each
 * release, and trailers. Everything from outside passes `trailer`, so no text can forge one (T18).
 */
export function commitMessage(appends: readonly Appended[], checkpoint: number): string {
  const tasks = new Set(
    appends.flatMap(({ before = [], events }) => [...taskEvents([...before, ...events])]),
  );
  const askedOf = (event: ReleaseEvent): Asked => (tasks.has(event) ? 'deed' : 'approval');
  const lines = appends.flatMap(({ release, events }) =>
    events.map((event) => ({
      release,
      sentence: sentenceOf(event, askedOf(event)),
      telling: isTelling(event),
    })),
  );
  const trailers = [
    ...appends.flatMap(({ release, events }) => [
      `Release: ${trailer(release)}`,
      ...events.flatMap((event) => trailersOf(event, askedOf(event))),
    ]),
    `Checkpoint: ${checkpoint}`,
  ];
  const body = lines.map((line) => `- ${trailer(`${line.release}: ${line.sentence}`)}`);
  const paragraphs = [subjectOf(appends, lines), ...(lines.length > 1 ? [body.join('\n')] : [])];
  return `${[...paragraphs, [...new Set(trailers)].join('\n')].join('\n\n')}\n`;
}

type Line = { readonly release: string; readonly sentence: string; readonly telling: boolean };

function subjectOf(appends: readonly Appended[], lines: readonly Line[]): string {
  const [only] = appends;
  if (only === undefined) return 'Record foreign commits';
  if (appends.length > 1) return `${appends.length} releases moved: ${shortened(appends)}`;
  const line = lines.findLast((candidate) => candidate.telling) ?? lines.at(-1);
  return cut(trailer(`${only.release}: ${line?.sentence ?? 'no change'}`));
}

function shortened(appends: readonly Appended[]): string {
  return cut(appends.map(({ release }) => release).join(', '), longestSubject - 24);
}

function cut(text: string, longest = longestSubject): string {
  const letters = [...text];
  return letters.length <= longest ? text : `${letters.slice(0, longest - 1).join('')}…`;
}

/** Bookkeeping is not what a reader of the log looks for. */
function isTelling(event: ReleaseEvent): boolean {
  return !['notice-posted', 'release-announced', 'activity-activated', 'duties-established'].includes(
    event.kind,
  );
}

/** The names of what was decided and of whoever did, in trailers. */
const trailerWords = {
  approval: {
    approve: { decision: 'approve', by: 'Approved-by' },
    reject: { decision: 'reject', by: 'Rejected-by' },
  },
  deed: { approve: { decision: 'done', by: 'Done-by' }, reject: { decision: 'failed', by: 'Failed-by' } },
};

function trailersOf(event: ReleaseEvent, asked: Asked): readonly string[] {
  const words = trailerWords[asked === 'approval' ? asked : 'deed'];
  const { outcomes } = askedWords[asked];
  switch (event.kind) {
    case 'vote-cast':
      return [
        `Activity: ${trailer(event.body.activity)}`,
        `Decision: ${words[event.body.choice].decision}`,
        `${words[event.body.choice].by}: ${address(event.body.elector.person)}`,
        ...evidenceIn(event.body.inputs).map(({ sha256, name }) => trailer(`Evidence: ${sha256} ${name}`)),
      ];
    case 'seat-delegated':
      return [
        `Activity: ${trailer(event.body.activity)}`,
        `Delegated-by: ${address(event.body.from.person)}`,
        ...(event.body.to === undefined ? [] : [`Delegated-to: ${address(event.body.to)}`]),
      ];
    case 'vote-withdrawn':
      return [
        `Activity: ${trailer(event.body.activity)}`,
        'Decision: withdraw',
        `Withdrawn-by: ${address(event.body.person)}`,
      ];
    case 'activity-approved':
      return [`Activity: ${trailer(event.body.activity)}`, `Decision: ${outcomes.approved}`];
    case 'activity-rejected':
      return [`Activity: ${trailer(event.body.activity)}`, `Decision: ${outcomes.rejected}`];
    default:
      return [];
  }
}

/** Logins are letters, digits and hyphens (a bot's end in `[bot]`); anything else is not written as an address. */
function address(person: Person): string {
  const login = /^[A-Za-z0-9-]+(\[bot\])?$/.test(person.login) ? person.login : 'unknown';
  return `${login} <${person.id}+${login}@users.noreply.github.com>`;
}

/** What an event says, in a few words; release and time stand beside it. `asked`: of the activity that it is about. */
export function sentenceOf(event: Happening, asked: Asked = 'approval'): string {
  switch (event.kind) {
    case 'release-opened':
      return `opened for ${event.body.target.commit.slice(0, 7)}`;
    case 'manifest-revised':
      return `manifest revised (${event.body.revision.manifest.slice(0, 7)})`;
    case 'duties-established':
      return `${event.body.committers.length} had a hand in ${event.body.commits} commits since ${event.body.base.slice(0, 7)}`;
    case 'release-announced':
      return `announced in issue ${event.body.issue.number}`;
    case 'release-cancelled':
      return event.body.why === 'superseded'
        ? `cancelled, ${event.body.by} takes its place`
        : 'cancelled, its manifest was removed';
    case 'release-aborted':
      return `aborted by ${event.body.person.login}: ${event.body.reason}`;
    case 'activity-skipped':
      return `${event.body.activity} is skipped, its condition is false`;
    case 'release-failed':
      return `failed with ${event.body.activity}`;
    case 'release-succeeded':
      return 'succeeded';
    case 'release-partially-succeeded':
      return `partially succeeded, without ${event.body.without.join(', ')}`;
    case 'acknowledgement-cast':
      return `${event.body.elector.person.login} takes note of the deviations: ${event.body.reason}`;
    case 'deviations-acknowledged':
      return `deviations are taken note of by ${event.body.by.map(({ login }) => login).join(', ')}`;
    case 'deviation-recorded':
      return event.body.what === 'foreign-commit'
        ? `deviation: foreign commit ${event.body.commit.slice(0, 7)}`
        : `deviation: ${event.body.ref} moved to ${event.body.to.slice(0, 7)}`;
    default:
      return activitySentence(event, asked);
  }
}

const abortWords: { readonly [W in HappeningOf<'activity-aborted'>['body']['why']]: string } = {
  removed: 'it left the manifest',
  cancelled: 'its release was cancelled',
  'release-aborted': 'its release was aborted',
  'release-failed': 'its release failed',
  unneeded: 'the failure it was there for is mended',
};

const overruleWords = {
  retry: 'tried again',
  ignore: 'ignored',
  override: 'opened in spite of freezes and windows',
} as const;

type ActivityEvent = Extract<Happening, { readonly body: { readonly attempt: number } }>;

function activitySentence(event: ActivityEvent, asked: Asked): string {
  const { activity } = event.body;
  const words = askedWords[asked];
  switch (event.kind) {
    case 'activity-activated':
      if (event.body.roster.length === 0) return `${activity} has its turn`;
      return asked === 'approval' ? `${activity} waits for approval` : `${activity} is to be done`;
    case 'scope-changed':
      return `${activity} changed, votes lapsed: ${event.body.lapsed.length}`;
    case 'notice-posted':
      return `${activity} announced in issue ${event.body.issue.number}`;
    case 'vote-cast':
      return `${event.body.elector.person.login} ${words.acts[event.body.choice]} ${activity}`;
    case 'seat-delegated':
      return event.body.to === undefined
        ? `${event.body.from.person.login} takes back their seat on ${activity}`
        : `${event.body.from.person.login} lets ${event.body.to.login} decide on ${activity}`;
    case 'advice-given':
      return `${event.body.person.login} ${event.body.choice === undefined ? 'gives no advice any more' : `would ${event.body.choice}`} on ${activity}`;
    case 'vote-withdrawn':
      return `${event.body.person.login} withdrew their vote on ${activity}`;
    case 'doubt-raised':
      return `${event.body.person.login}'s comment on ${activity} was ${event.body.what}`;
    case 'activity-approved':
      return event.body.automatic === undefined
        ? `${activity} is ${words.outcomes.approved}`
        : `${activity} is approved automatically: ${event.body.automatic}`;
    case 'activity-rejected':
      return asked === 'approval' ? `${activity} is rejected` : `${activity} cannot be done`;
    case 'attempt-superseded':
      return `${activity} changed after its decision`;
    case 'activity-aborted':
      return `${activity} ended, ${abortWords[event.body.why]}`;
    case 'overrule-cast':
      return `${event.body.elector.person.login} wants ${activity} ${overruleWords[event.body.act]}: ${event.body.reason}`;
    case 'activity-overruled':
      return `${activity} is ${overruleWords[event.body.act]}: ${event.body.reason}`;
    case 'activity-expired':
      return `${activity} expired`;
    case 'reminder-due':
      return `${activity} still waits, a reminder is due`;
    case 'activity-escalated':
      return `${activity} still waits, ${event.body.to.map(({ kind, name }) => `${kind} ${name}`).join(', ')} ${event.body.granted.length === 0 ? 'is told' : 'may vote too'}`;
    case 'activity-deferred':
      return `${event.body.person.login} put ${activity} off until ${event.body.until}: ${event.body.reason}`;
    case 'voting-opened':
      return `${activity} is in session, votes count from now on`;
    case 'voting-closed':
      return `${activity} was open long enough, the votes are added up`;
    case 'activity-resumed':
      return `${activity} waits again`;
    case 'environment-opened':
    case 'environment-shut':
    case 'guard-seen':
    case 'deployment-seen':
    case 'environment-taken':
    case 'activity-succeeded':
    case 'activity-failed':
    case 'retry-ordered':
    case 'holds-lifted':
      return machineSentence(event);
    case 'workflow-ordered':
    case 'workflow-answered':
    case 'workflow-ended':
      return dispatchSentence(event);
    case 'run-admitted':
    case 'admitted-run-ended':
      return admissionSentence(event);
    case 'check-seen':
      return `${activity}: ${runWords(event.body.run, event.body.advisory === true)}`;
    case 'preconditions-met':
      return `${activity} has what it waited for first`;
  }
}
