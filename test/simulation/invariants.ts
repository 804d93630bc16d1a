import { authenticateForVerifying, pageBlobs, verifyRecord } from '../../src/core/record/verify.ts';
import type { ReleaseEvent } from '../../src/core/release/event.ts';
import { fold } from '../../src/core/release/fold.ts';
import { replay } from '../../src/core/release/replay.ts';
import { isClosed, latestAttempts, type OpenRelease } from '../../src/core/release/state.ts';
import { readContents } from '../../src/records/line-contents.ts';
import { judgeAtRest } from './at-rest.ts';
import { broken } from './broken.ts';
import { judgeEnvironments } from './environment-checks.ts';
import { judgeWaiting } from './gates-at-rest.ts';
import { live } from './life.ts';
import { createLocalCopy, emptyDisk } from './local-copy.ts';
import { objectionTo } from './oracle.ts';
import { objectionToFact } from './oracle-facts.ts';
import { judgeGates, objectionToGate } from './oracle-gates.ts';
import { objectionToGuard } from './oracle-guards.ts';
import { blockerOf, objectionToMachine } from './oracle-machines.ts';
import { untimely } from './oracle-time.ts';
import { judgeDispatches, objectionToWorkflow, startedIn } from './oracle-workflows.ts';
import { bugsIn, type Play, replace } from './play.ts';
import { signer } from './stage.ts';
import { createLife, type Life, openIn } from './stands.ts';
import { repositoryName } from './subject.ts';
import { judgeChecks, judgeComments, judgeIssues } from './surfaces.ts';
import { wordsThatCount } from './words.ts';

export type Records = ReadonlyMap<string, readonly ReleaseEvent[]>;

/** What the branch holds, read anew from its root with every signature checked. */
async function readRecords({ stage }: Play): Promise<Records> {
  const head = stage.head();
  if (head === undefined) return new Map();
  const copy = createLocalCopy(stage.git, emptyDisk(), async (fetched) => fetched());
  await copy.fetch(repositoryName);
  const commits = (await copy.line(repositoryName, undefined, head)) ?? [];
  const contents = await readContents(copy, repositoryName, commits);
  const how = { keys: [signer.fingerprint], everySignature: true, replay };
  const result = authenticateForVerifying(commits, contents, how);
  const pages = await copy.blobs(repositoryName, pageBlobs(result), 1e9);
  const { findings } = verifyRecord(result, (blob) => pages.get(blob), how);
  // Commits of others are findings, and meant to be; everything else is ours to answer for.
  const ours = findings.filter(({ code }) => code !== 'foreign-commit' && code !== 'tree');
  if (result.kind === 'refused') return broken('records', `${result.flaw.place}: ${result.flaw.why}`);
  if (ours.length > 0)
    broken('records', ours.map(({ code, place, why }) => `${code} ${place}: ${why}`).join('; '));
  return new Map([...result.line.releases].map(([name, { events }]) => [name, events]));
}

/**
 * After every step no bug; and, where `whole`, what was recorded stays, nothing is recorded twice, and every outcome is
 * justified. People's deeds are remembered with their times, so that judging some steps later misses nothing.
 */
export async function judgeStep(play: Play, whole: boolean): Promise<Records> {
  const [bug] = [...play.stage.bugs, ...bugsIn(play)];
  if (bug !== undefined) broken('bug', bug);
  const known = { head: play.recordsHead, records: play.records };
  const head = play.stage.head();
  if (!whole) return known.records;
  const records = head === known.head ? known.records : await readRecords(play);
  judgeDispatches(play.stage, records);
  judgeGates(play, records, play.answered);
  if (head === known.head) return records;
  for (const [release, events] of known.records) {
    const now = records.get(release) ?? [];
    if (JSON.stringify(now.slice(0, events.length)) !== JSON.stringify(events))
      broken('history', `the record of ${release} was rewritten`);
  }
  for (const [release, events] of records) {
    const before = known.records.get(release)?.length ?? 0;
    judgeEvents(play, records, release, events, before);
    judgeOpen(play, release, events);
  }
  play.recordsHead = head;
  play.records = records;
  return records;
}

/** What is open has everything approved that has to be, and nobody's no stands (T1, T5). */
function judgeOpen(play: Play, release: string, events: readonly ReleaseEvent[]): void {
  const life = lifeOf(play, release);
  if (openIn(life).length === 0 || isDoubtful(release, events)) return;
  for (const [activity, { environment }] of openIn(life)) {
    const why = blockerOf({ ...play, life, before: events }, activity);
    if (why !== undefined) broken('open', `${environment} is open in ${release}, though ${why}`);
  }
}

/** Nothing is decided while somebody else's hand is in the record. */
function isDoubtful(release: string, events: readonly ReleaseEvent[]): boolean {
  const state = fold(release, events);
  return state.kind === 'opened' && isClosed(state);
}

function judgeEvents(
  play: Play,
  records: Records,
  release: string,
  events: readonly ReleaseEvent[],
  from: number,
): void {
  const once = new Set(events.slice(0, from).flatMap(identityOf));
  for (const [index, event] of events.entries()) {
    if (index < from) continue;
    for (const identity of identityOf(event)) {
      if (once.has(identity)) broken('twice', `${release} ${event.sequence}: ${identity}`);
      once.add(identity);
    }
    const before = events.slice(0, index);
    const why =
      unjustified(play, before, event) ??
      objectionToMachine({ ...play, life: lifeOf(play, release), before, records }, event) ??
      objectionToGuard({ ...play, before }, event) ??
      objectionToWorkflow({ ...play, life: lifeOf(play, release), before, records }, event) ??
      objectionToGate({ ...play, life: lifeOf(play, release), before, records }, event) ??
      live(lifeOf(play, release), play.chronicle, before, event);
    const place = 'activity' in event.body ? `${release}/${event.body.activity}` : release;
    if (why !== undefined) broken('justified', `${place} ${event.kind} at ${event.at}: ${why}`);
  }
}

function unjustified(play: Play, before: readonly ReleaseEvent[], event: ReleaseEvent): string | undefined {
  const { chronicle, lagging } = play;
  const { custodians } = play.settings;
  if (event.kind === 'activity-approved' || event.kind === 'activity-rejected')
    return objectionTo(chronicle, before, event, lagging);
  return (
    objectionToFact({ chronicle, before, event, lagging, custodians }) ?? untimely(chronicle, before, event)
  );
}

function lifeOf({ lives }: Play, release: string): Life {
  const life = lives.get(release) ?? createLife();
  lives.set(release, life);
  return life;
}

/** What can happen once only. */
function identityOf({ kind, body }: ReleaseEvent): readonly string[] {
  switch (kind) {
    case 'activity-activated':
    case 'activity-approved':
    case 'activity-rejected':
    case 'attempt-superseded':
    case 'activity-aborted':
      return [`${kind} ${body.activity} ${body.attempt}`];
    case 'vote-cast':
    case 'vote-withdrawn':
    case 'seat-delegated':
    case 'advice-given':
    case 'activity-deferred':
    case 'overrule-cast':
    case 'acknowledgement-cast':
    case 'retry-ordered':
      return [`word ${body.source.id}`];
    case 'activity-expired':
    case 'activity-overruled':
    case 'activity-succeeded':
    case 'activity-failed':
    case 'deployment-seen':
    case 'environment-taken':
    case 'holds-lifted':
    case 'workflow-answered':
    case 'workflow-ended':
    case 'run-admitted':
    case 'admitted-run-ended':
      return [`${kind} ${body.activity} ${body.attempt}`];
    case 'notice-posted':
      return [`${kind} ${body.activity} ${body.attempt} ${body.issue.number} ${body.comment}`];
    case 'doubt-raised':
      return [`${kind} ${body.activity} ${body.attempt} ${body.what} ${body.comment}`];
    case 'release-announced':
      return [`${kind} ${body.issue.number}`];
    case 'release-opened':
      return [kind];
    case 'release-aborted':
    case 'release-cancelled':
    case 'release-failed':
    case 'release-succeeded':
    case 'release-partially-succeeded':
      return ['the end'];
    default:
      return [];
  }
}

/**
 * Once nothing is left to do: no vote lost, every surface says what the record says, and it stays so. Answers how
 * everything ended, in words.
 */
export async function judgeEnd(play: Play): Promise<readonly string[]> {
  const records = await judgeStep(play, true);
  // A name that nobody answers to keeps a revision from taking effect; that is tried again now and then.
  for (const { key, ending } of play.reports.slice(-1))
    if (ending.kind === 'retry' && !/does not exist/.test(ending.why) && play.chronicle.renamed.size === 0)
      broken('rest', `${JSON.stringify(key)} still tries: ${ending.why}`);
  for (const [release, events] of records) {
    const state = fold(release, events);
    if (state.kind !== 'opened') continue;
    if (!isHindered(play, release)) judgeVotes(play, state, events);
    if (isLongOver(state, records)) continue;
    judgeIssues(play, state);
    judgeChecks(play, state);
  }
  judgeEnvironments(play, records);
  judgeAtRest(play, records);
  judgeWaiting(play, records);
  judgeComments(play);
  const from = play.wire.log.length;
  await replace(play);
  const later = await judgeStep(play, true);
  // A release's check names the checkpoint that its record reaches; others move that, so it may be caught up with.
  const writes = play.wire.log
    .slice(from)
    .filter(
      (line) => /^graphql (?!read)|git\/(refs|trees|commits)/.test(line) && line !== 'graphql updateCheckRun',
    );
  const timely = [...later].some(([release, events]) =>
    events
      .slice(records.get(release)?.length ?? 0)
      .some(({ kind, body }) => byTime.has(kind) || 'automatic' in body),
  );
  if (writes.length > 0 && !timely) broken('quiet', `another look wrote again: ${writes.join('; ')}`);
  const outcomes = [...records].flatMap(([release, events]) => outcomesOf(release, events));
  return [...outcomes, ...startedIn(play.stage)].sort();
}

/** Nobody looks at what ended a day before the newest event: what people do to its issue then stays. */
function isLongOver({ ended, lastAt }: OpenRelease, records: Records): boolean {
  const all = [...records.values()].flatMap((events) => Date.parse(events.at(-1)?.at ?? ''));
  return ended !== undefined && Math.max(...all) - Date.parse(lastAt) > 86_400_000;
}

/** What falls due by itself; the last look takes a while, too. */
const byTime: ReadonlySet<string> = new Set([
  'reminder-due',
  'activity-escalated',
  'activity-expired',
  'activity-resumed',
  'voting-closed',
  'environment-opened',
  'environment-shut',
  'activity-failed',
]);

function outcomesOf(release: string, events: readonly ReleaseEvent[]): readonly string[] {
  const state = fold(release, events);
  if (state.kind !== 'opened') return [];
  const attempts = Object.values(state.attempts).flatMap((all) =>
    all.map(({ activity, ending, votes, delegations, overruled, admitted }, index) => {
      const voted = votes.map(({ elector, choice }) => `${elector.person.login} ${choice}`).sort();
      const handed = delegations.map(({ from, to }) => `${from.person.login} to ${to.login}`).sort();
      const words = [...voted, ...handed].join(', ');
      const runIn = admitted ? `, let in ${admitted.path} ${admitted.attempt}` : '';
      const again = index > 0 ? ` ${index + 1}` : '';
      return `${release}/${activity}${again}: ${ending?.kind ?? 'waiting'} by ${words}${overruled ? `, ${overruled.act}` : ''}${runIn}`;
    }),
  );
  const skipped = state.skipped.map((activity) => `${release}/${activity}: skipped`);
  return [`${release}: ${state.ended?.kind ?? 'open'}`, ...attempts, ...skipped];
}

/** While a revision or a name is in the way nobody is heard, and the surfaces say so. */
function isHindered({ reports, chronicle }: Play, release: string): boolean {
  const last = reports.findLast(({ key }) => key.kind === 'release' && key.release === release)?.ending.kind;
  // Whoever waits for a time does not tell that somebody has to act, too.
  return last !== 'settled' && (last !== 'waiting' || chronicle.renamed.size > 0);
}

function judgeVotes({ chronicle, time }: Play, state: OpenRelease, events: readonly ReleaseEvent[]): void {
  if (state.ended || isClosed(state)) return;
  for (const attempt of latestAttempts(state)) {
    const issue = attempt.notices.at(-1)?.issue.number;
    if (attempt.ending || issue === undefined) continue;
    const words = wordsThatCount(chronicle, events, state.release, attempt, issue, time.milliseconds());
    for (const { login, verb, id } of words) {
      const vote = attempt.votes.find(({ elector }) => elector.person.login === login);
      const counted =
        verb === 'withdraw' ? vote === undefined : vote?.choice === verb && vote.source.id === id;
      if (!counted)
        broken(
          'lost',
          `${login}'s ${verb} ${id} on ${state.release}/${attempt.activity}: counted ${JSON.stringify(vote)}`,
        );
    }
  }
}
