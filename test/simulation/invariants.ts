import { readMarker } from '../../src/core/messages/marker.ts';
import { authenticateForVerifying, pageBlobs, verifyRecord } from '../../src/core/record/verify.ts';
import type { ReleaseEvent } from '../../src/core/release/event.ts';
import { fold } from '../../src/core/release/fold.ts';
import { replay } from '../../src/core/release/replay.ts';
import { isClosed, latestAttempts, type OpenRelease } from '../../src/core/release/state.ts';
import { commentsOf, issuesOf, latestRuns, runsOn } from '../../src/local-github/state/lookup.ts';
import { readContents } from '../../src/records/line-contents.ts';
import { createLocalCopy, emptyDisk } from './local-copy.ts';
import { objectionTo, wordsThatCount } from './oracle.ts';
import { issuesFor } from './perform.ts';
import { bugsIn, type Play, replace } from './play.ts';
import { appId, signer } from './stage.ts';
import { repositoryName } from './subject.ts';

export type Failure = { readonly invariant: string; readonly why: string };

const broken = (invariant: string, why: string): never => {
  throw Object.assign(new Error(why), { invariant });
};

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
  if (!whole || head === known.head) return known.records;
  const records = await readRecords(play);
  for (const [release, events] of known.records) {
    const now = records.get(release) ?? [];
    if (JSON.stringify(now.slice(0, events.length)) !== JSON.stringify(events))
      broken('history', `the record of ${release} was rewritten`);
  }
  for (const [release, events] of records) {
    const before = known.records.get(release)?.length ?? 0;
    judgeEvents(play, release, events, before);
  }
  play.recordsHead = head;
  play.records = records;
  return records;
}

function judgeEvents(play: Play, release: string, events: readonly ReleaseEvent[], from: number): void {
  const once = new Set(events.slice(0, from).flatMap(identityOf));
  for (const [index, event] of events.entries()) {
    if (index < from) continue;
    for (const identity of identityOf(event)) {
      if (once.has(identity)) broken('twice', `${release} ${event.sequence}: ${identity}`);
      once.add(identity);
    }
    if (event.kind !== 'activity-approved' && event.kind !== 'activity-rejected') continue;
    const why = objectionTo(play.chronicle, events.slice(0, index), event, play.lagging);
    if (why !== undefined)
      broken('justified', `${release}/${event.body.activity} ${event.kind} at ${event.at}: ${why}`);
  }
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
      return [`word ${body.activity} ${body.source.id}`];
    case 'notice-posted':
      return [`${kind} ${body.activity} ${body.attempt} ${body.issue.number} ${body.comment}`];
    case 'doubt-raised':
      return [`${kind} ${body.activity} ${body.attempt} ${body.what} ${body.comment}`];
    case 'release-announced':
      return [`${kind} ${body.issue.number}`];
    case 'release-opened':
    case 'release-cancelled':
    case 'release-succeeded':
      return [kind];
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
    if (ending.kind === 'retry' && !/does not exist/.test(ending.why))
      broken('rest', `${JSON.stringify(key)} still tries: ${ending.why}`);
  for (const [release, events] of records) {
    const state = fold(release, events);
    if (state.kind !== 'opened') continue;
    if (!isHindered(play, release)) judgeVotes(play, state, events);
    judgeIssues(play, state);
    judgeChecks(play, state);
  }
  judgeComments(play);
  const from = play.wire.log.length;
  await replace(play);
  // A release's check names the checkpoint that its record reaches; others move that, so it may be caught up with.
  const writes = play.wire.log
    .slice(from)
    .filter(
      (line) => /^graphql (?!read)|git\/(refs|trees|commits)/.test(line) && line !== 'graphql updateCheckRun',
    );
  if (writes.length > 0) broken('quiet', `another look wrote again: ${writes.join('; ')}`);
  return [...records].flatMap(([release, events]) => outcomesOf(release, events)).sort();
}

function outcomesOf(release: string, events: readonly ReleaseEvent[]): readonly string[] {
  const state = fold(release, events);
  if (state.kind !== 'opened') return [];
  const attempts = latestAttempts(state).map(({ activity, ending, votes }) => {
    const voted = votes.map(({ elector, choice }) => `${elector.person.login} ${choice}`).sort();
    return `${release}/${activity}: ${ending?.kind ?? 'waiting'} by ${voted.join(', ')}`;
  });
  return [`${release}: ${state.ended?.kind ?? 'open'}`, ...attempts];
}

/** While a revision or a name is in the way nobody is heard, and the surfaces say so. */
const isHindered = ({ reports }: Play, release: string): boolean =>
  reports.findLast(({ key }) => key.kind === 'release' && key.release === release)?.ending.kind !== 'settled';

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

function judgeIssues({ stage }: Play, state: OpenRelease): void {
  const named = `of ${state.release}`;
  const tracking = issuesFor(stage, state.release);
  const open = tracking.filter((issue) => issue.state === 'open');
  const wanted = state.ended ? 0 : 1;
  if (tracking.length > 1 || open.length !== wanted)
    broken('issues', `${open.length} of ${tracking.length} tracking issues ${named} are open, not ${wanted}`);
  for (const attempt of latestAttempts(state)) {
    const standing = issuesFor(stage, state.release, attempt.activity).filter((issue) => {
      const marker = readMarker(issue.body ?? '');
      return marker?.kind === 'activity' && marker.attempt === attempt.attempt;
    });
    const waits = attempt.ending === undefined && !state.ended;
    const stands = standing.filter((issue) => issue.state === 'open').length;
    if (standing.length > 1 || stands !== (waits ? 1 : 0))
      broken(
        'issues',
        `${stands} of ${standing.length} issues for ${attempt.activity} ${named} are open, waiting: ${waits}`,
      );
  }
}

function judgeChecks({ stage }: Play, state: OpenRelease): void {
  const { host, repository } = stage;
  const runs = latestRuns(runsOn(host.state, repository, state.target.commit)).filter(
    (run) => run.appId === appId,
  );
  const prefix = `countersign/release/${state.release}`;
  const closed = isClosed(state);
  const planned = new Map(
    state.revision.plan.phases.flatMap((phase) => phase.activities.map(({ id }) => [id, phase.id] as const)),
  );
  for (const attempt of latestAttempts(state)) {
    const phase = planned.get(attempt.activity);
    if (phase === undefined) continue;
    const name = `${prefix}/${phase}/${attempt.activity}`;
    const ended = attempt.ending?.kind;
    const right =
      ended === 'rejected'
        ? 'failure'
        : ended === 'aborted'
          ? 'cancelled'
          : closed
            ? 'failure'
            : ended === 'approved'
              ? 'success'
              : 'action_required';
    const shown = runs.find((run) => run.name === name)?.conclusion;
    if (shown !== right) broken('checks', `${name} shows ${shown}, the record says ${right}`);
  }
  const all = latestAttempts(state).filter(({ activity }) => planned.has(activity));
  const right = closed
    ? 'failure'
    : state.ended
      ? state.ended.kind === 'succeeded'
        ? 'success'
        : 'cancelled'
      : all.some(({ ending }) => ending?.kind === 'rejected')
        ? 'failure'
        : 'action_required';
  const shown = runs.find((run) => run.name === prefix)?.conclusion;
  if (shown !== right) broken('checks', `${prefix} shows ${shown}, the record says ${right}`);
}

/** Nobody is answered twice, and nothing is announced twice. */
function judgeComments({ stage, lagging }: Play): void {
  const { host, repository } = stage;
  for (const issue of issuesOf(host.state, repository)) {
    const words = commentsOf(host.state, issue).flatMap((comment) => {
      const marker = comment.viaAppId === appId ? readMarker(comment.body) : undefined;
      return marker?.kind === 'answer' ? [`answer to ${marker.comment}, ${marker.code}`] : [];
    });
    const twice = words.find((word, index) => words.indexOf(word) !== index);
    if (twice !== undefined && !lagging) broken('answers', `on #${issue.number}: ${twice}`);
  }
}
