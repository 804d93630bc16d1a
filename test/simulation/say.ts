import { createHash } from 'node:crypto';
import { addComment } from '../../src/local-github/state/comments.ts';
import { issuesOf } from '../../src/local-github/state/lookup.ts';
import type { Issue } from '../../src/local-github/state/types.ts';
import type { Chronicle, Said } from './chronicle.ts';
import { manifestPath } from './manifest-text.ts';
import { appId, type Stage } from './stage.ts';
import type { Step, Words } from './step.ts';
import type { ActivitySpec } from './subject.ts';

/** Issues of the App that stand for something, by the hidden marker, newest last. */
export function issuesFor({ host, repository }: Stage, release: string, activity?: string): readonly Issue[] {
  const words =
    activity === undefined ? `release=${release} -->` : `release=${release} activity=${activity} `;
  return issuesOf(host.state, repository).filter(
    (issue) => issue.viaAppId === appId && issue.body?.includes(`<!-- countersign ${words}`),
  );
}

/** What the manifest on the default branch asks for now. */
function asked(
  stage: Stage,
  chronicle: Chronicle,
  release: string,
  activity: string,
): ActivitySpec | undefined {
  const tree = stage.git.commitAt(stage.head('main') ?? '')?.treeSha ?? '';
  const blob = stage.git.filesOf(tree).get(manifestPath(release)) ?? '';
  const content = stage.git.objectAt(blob)?.content ?? '';
  const spec = chronicle.manifests.get(createHash('sha256').update(content).digest('hex'));
  return spec?.activities.find(({ id }) => id === activity);
}

/** Whoever only rejects is asked for less. */
function answersOf(words: Words, expected: ActivitySpec['inputs']): Said['answers'] {
  // To overrule asks for as much as to reject.
  if (words.kind === 'retry' || words.kind === 'ignore') return expected === 'always' ? expected : 'none';
  if (words.kind !== 'approve' && words.kind !== 'reject') return 'none';
  if (words.answers === 'wrong') return 'wrong';
  return words.kind === 'reject' && expected !== 'always' ? 'none' : expected;
}

const hour = 3_600_000;
const untilOf = (words: Words, now: number): number | undefined =>
  words.kind === 'defer' ? Math.floor(now / 1000) * 1000 + words.hours * hour : undefined;

/** What a comment says; `now` in milliseconds. */
export function written(words: Words, answers: Said['answers'], now: number): string {
  switch (words.kind) {
    case 'noise':
      return words.body;
    case 'approve':
    case 'reject': {
      const lines: Record<Said['answers'], string> = {
        none: '',
        risk: `\nrisk: ${words.risk}`,
        always: `\nrisk: ${words.risk}`,
        why: '\nwhy: It was rehearsed twice',
        wrong: '\nrisk: Enormous',
      };
      const verb = words.done && words.kind === 'approve' ? 'done' : words.kind;
      return `/${verb}${words.kind === 'reject' ? ' It is not ready' : ''}${lines[answers]}`;
    }
    case 'defer':
      return `/defer until ${new Date(untilOf(words, now) ?? 0).toISOString()}${reason(words.reasoned)}`;
    case 'delegate':
      return `/delegate ${words.to === undefined ? 'off' : `@${words.to}`}`;
    case 'help':
    case 'withdraw':
      return `/${words.kind}`;
    default:
      return `/${words.kind}${words.names === undefined ? '' : ` ${words.names}`}${reason(words.reasoned)}${answers === 'always' ? '\nrisk: Low' : ''}`;
  }
}

const isDone = (words: Words): boolean => words.kind === 'approve' && words.done === true;

const reason = (given: boolean): string => (given ? ' We talked about it' : '');

/** Somebody writes a comment on the newest issue they know of. Answers what happened, in words; undefined: nothing. */
export function say(
  stage: Stage,
  chronicle: Chronicle,
  { by, release, activity, words, via }: Extract<Step, { do: 'say' }>,
): string | undefined {
  const issue = issuesFor(stage, release, activity === '' ? undefined : activity)
    .filter(({ number }) => number <= (chronicle.noticed ?? number))
    .at(-1);
  if (issue === undefined) return undefined;
  const at = stage.host.now().getTime();
  const spec = asked(stage, chronicle, release, activity);
  const answers = answersOf(words, spec?.inputs ?? 'none');
  // Nothing but a task is done.
  const nothing =
    words.kind === 'noise' || words.kind === 'help' || (isDone(words) && spec?.task === undefined);
  const body = written(words, answers, at);
  const made = addComment(stage.host, stage.as(by, via === 'app'), issue, body, {
    viaEmail: via === 'email',
  });
  if (!made.ok) return undefined;
  const until = untilOf(words, at);
  chronicle.said.push({
    id: made.value.id,
    login: by,
    issue: issue.number,
    release,
    activity,
    verb: nothing ? 'none' : (words.kind as Said['verb']),
    ...('names' in words && words.names !== undefined ? { names: words.names } : {}),
    answers,
    reasoned: 'reasoned' in words && words.reasoned,
    via,
    at,
    risk: 'risk' in words ? words.risk : 'Low',
    ...(words.kind === 'delegate' && words.to !== undefined ? { to: words.to } : {}),
    ...(until === undefined ? {} : { until }),
  });
  const way = via === 'plain' ? '' : ` by ${via}`;
  return `${by} said on #${issue.number} (${release}/${activity})${way}: ${JSON.stringify(body)}`;
}
