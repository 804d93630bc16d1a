import type { AnswerValue } from '../form/answer.ts';
import { answerText } from '../form/answer-text.ts';
import { isEvidence } from '../form/evidence-in.ts';
import { type Asked, askedOf } from '../manifest/asked.ts';
import type { Activity } from '../manifest/manifest.ts';
import type { ReleaseEvent } from '../release/event.ts';
import { followUpsIn } from '../release/follow-ups-in.ts';
import type { Instant } from '../values.ts';
import { answerWords } from './answer-words.ts';
import { askedWords } from './asked-words.ts';
import { demandWords, runWords } from './check-demand-words.ts';
import { sentenceOf } from './commit-message.ts';
import { startsWords } from './dispatch-words.ts';
import { markdown, tableCell } from './escape.ts';
import { recordedRule } from './recorded-rule.ts';
import { targetWords } from './target-words.ts';
import { taskEvents } from './task-events.ts';

/**
 * Version of the pages below. `verify` renders pages of its own version again and compares them; those of another
 * version it leaves alone.
 */
export const pageVersion = 1;

const marker = `<!-- countersign page ${pageVersion} -->`;

/** The version of a page, or undefined where it does not say. */
export function pageVersionOf(page: string): number | undefined {
  const version = /^<!-- countersign page (\d{1,6}) -->$/m.exec(page)?.[1];
  return version === undefined ? undefined : Number(version);
}

/** `RECORD.md` of a release: who decided what, when, with which answers (S-019). Times are UTC. */
export function renderRecord(events: readonly ReleaseEvent[]): string {
  const opened = events.findLast(
    (event) => event.kind === 'release-opened' || event.kind === 'manifest-revised',
  );
  const told = byActivity(events);
  const tasks = taskEvents(events);
  const sections = [
    marker,
    `# ${markdown(opened?.body.revision.plan.title ?? events[0]?.release ?? 'Release')}`,
    summary(events),
    ...(opened?.body.revision.plan.phases ?? []).flatMap((phase) => [
      `## ${markdown(phase.title)}`,
      ...phase.activities.map((activity) => section(activity, told.get(activity.id) ?? [], tasks)),
    ]),
    ...followUpsIn(events).map((activity) => section(activity, told.get(activity.id) ?? [], tasks)),
    deviations(events),
    `## Events\n\n${table(
      ['#', 'When', 'What'],
      events.map((event) => eventRow(event, askedIn(tasks, event))),
    )}`,
    'Rendered from the events beside this page, which are what counts. `countersign verify` compares both.',
  ];
  return `${sections.filter((part) => part !== '').join('\n\n')}\n`;
}

/** `README.md` of the records branch: what it is and how to verify it. */
export function recordsReadme(repository: string): string {
  return `${marker}

# Release records of ${markdown(repository)}

Every decision about every release of this repository, written by Countersign. Commits are only ever added.

- \`releases/<release>/RECORD.md\` is the page for people: who decided what, when, and with which answers.
- \`releases/<release>/events/\` holds the numbered facts and outcomes that count; each names the digest of the one before.
- \`releases/<release>/manifest/\` holds every manifest that took force, by its SHA-256.
- \`checkpoints/\` holds one signed summary for each commit; \`keys/\` holds the key they are signed with.

What no checkpoint covers was not written by Countersign, and is never read by it. To check all of this offline:

\`\`\`
countersign verify --key FINGERPRINT PATH-OR-URL
\`\`\`

Take the fingerprint from \`.github/countersign.yml\` on the default branch or from whoever runs Countersign, not from here.
`;
}

function summary(events: readonly ReleaseEvent[]): string {
  const [first] = events;
  if (first?.kind !== 'release-opened') return '';
  const { target, revision } =
    events.findLast((event) => event.kind === 'manifest-revised')?.body ?? first.body;
  const rows = [
    ['Release', tableCell(first.release)],
    ['Status', statusOf(events)],
    ['Target', targetWords(target, revision.plan.target)],
    ['Manifest', `${tableCell(revision.path)}, SHA-256 \`${revision.manifest}\``],
    ['Written by', tableCell(revision.authors.map(({ person }) => person.login).join(', '))],
    ['Opened', time(first.at)],
  ];
  return table(['', ''], rows);
}

function statusOf(events: readonly ReleaseEvent[]): string {
  const last = events.findLast((event) => endings.has(event.kind));
  if (last === undefined) return 'in progress';
  return `${endings.get(last.kind)}, ${time(last.at)}`;
}

const endings: ReadonlyMap<ReleaseEvent['kind'], string> = new Map([
  ['release-succeeded', 'succeeded'],
  ['release-partially-succeeded', 'partially succeeded'],
  ['release-failed', 'failed'],
  ['release-aborted', 'aborted'],
  ['release-cancelled', 'cancelled'],
]);

/** Sorted once: a page is rendered with every append, and a long one has thousands of events. */
function byActivity(events: readonly ReleaseEvent[]): ReadonlyMap<string, readonly ReleaseEvent[]> {
  const found = new Map<string, ReleaseEvent[]>();
  for (const event of events) {
    if (!('activity' in event.body)) continue;
    const known = found.get(event.body.activity);
    if (known === undefined) found.set(event.body.activity, [event]);
    else known.push(event);
  }
  return found;
}

type Tasks = ReturnType<typeof taskEvents>;

const askedIn = (tasks: Tasks, event: ReleaseEvent): Asked => (tasks.has(event) ? 'deed' : 'approval');

function askedLine(activity: Activity, whom: string): string {
  if (activity.checks !== undefined)
    return `\`${activity.id}\`: waits until the target has passed ${demandWords(activity.checks)}.`;
  if (activity.environment !== undefined)
    return `\`${activity.id}\`: opens ${markdown(activity.environment)}${startsWords(activity, markdown)}.`;
  return askedOf(activity) === 'approval'
    ? `\`${activity.id}\`: ${whom}.`
    : `\`${activity.id}\`, to be done: ${whom}.`;
}

function section(activity: Activity, events: readonly ReleaseEvent[], tasks: Tasks): string {
  const rows = events.flatMap((event) => decisionRow(event, askedIn(tasks, event)));
  const whom = activity.approvers.map(recordedRule).join(' and ');
  return [
    `### ${markdown(activity.title)}`,
    askedLine(activity, whom),
    rows.length === 0 ? 'No decision yet.' : table(['When', 'Who', 'What', 'Answers', 'Where'], rows),
  ].join('\n\n');
}

function decisionRow(event: ReleaseEvent, asked: Asked): readonly (readonly string[])[] {
  const { verbs, outcomes } = askedWords[asked];
  switch (event.kind) {
    case 'vote-cast': {
      const { elector, choice, reason, inputs, source } = event.body;
      const said = verbs[choice];
      const answers = Object.entries(inputs).map(([name, value]) => recordedAnswer(name, value));
      return [
        [
          time(source.createdAt),
          tableCell(elector.person.login),
          reason === undefined ? said : `${said}: ${tableCell(reason)}`,
          answers.join('<br>') || '–',
          link('comment', source.url),
        ],
      ];
    }
    case 'seat-delegated': {
      const { from, to, source } = event.body;
      const said = to === undefined ? 'takes back their seat' : `lets ${tableCell(to.login)} decide`;
      return [[time(source.createdAt), tableCell(from.person.login), said, '–', link('comment', source.url)]];
    }
    case 'advice-given': {
      const { person, choice, reason, source } = event.body;
      const said = choice === undefined ? 'takes their advice back' : `would ${choice}, without weight`;
      return [
        [
          time(source.createdAt),
          tableCell(person.login),
          reason === undefined ? said : `${said}: ${tableCell(reason)}`,
          '–',
          link('comment', source.url),
        ],
      ];
    }
    case 'vote-withdrawn': {
      const { person, source } = event.body;
      return [
        [time(source.createdAt), tableCell(person.login), 'withdrew', '–', link('comment', source.url)],
      ];
    }
    case 'doubt-raised':
      return [[time(event.at), tableCell(event.body.person.login), `comment ${event.body.what}`, '–', '–']];
    case 'activity-approved': {
      const { automatic } = event.body;
      const how = automatic === undefined ? '' : ` automatically: ${tableCell(automatic)}`;
      return [[time(event.at), '', `**${outcomes.approved}**${how}`, '', '']];
    }
    case 'activity-deferred': {
      const { person, until, reason, source } = event.body;
      const said = `put off until ${time(until)}: ${tableCell(reason)}`;
      return [[time(source.createdAt), tableCell(person.login), said, '–', link('comment', source.url)]];
    }
    case 'check-seen': {
      const { run, advisory } = event.body;
      const said = tableCell(runWords(run, advisory === true));
      return [[time(run.ended.at), '', said, '–', link('check', run.url)]];
    }
    case 'activity-rejected':
      return [[time(event.at), '', `**${outcomes.rejected}**`, '', '']];
    case 'activity-expired':
      return [[time(event.at), '', '**expired**', '', '']];
    case 'overrule-cast': {
      const { elector, act, reason, source } = event.body;
      const said = `wants to ${act}: ${tableCell(reason)}`;
      return [
        [time(source.createdAt), tableCell(elector.person.login), said, '–', link('comment', source.url)],
      ];
    }
    case 'activity-overruled':
      return [
        [time(event.at), '', `**${event.body.act === 'retry' ? 'to be tried again' : 'ignored'}**`, '', ''],
      ];
    case 'scope-changed':
    case 'attempt-superseded':
      return [
        [
          time(event.at),
          '',
          `changed: ${tableCell(event.body.differences.map((d) => d.path).join(', '))}`,
          '',
          '',
        ],
      ];
    case 'environment-opened':
    case 'environment-shut':
    case 'deployment-seen':
    case 'environment-taken':
    case 'activity-succeeded':
    case 'activity-failed':
    case 'holds-lifted':
    case 'workflow-ordered':
    case 'admitted-run-ended':
      return [[time(event.at), '', tableCell(sentenceOf(event, asked)), '', '']];
    case 'workflow-answered': {
      const { answer } = event.body;
      const where = answer.kind === 'run' ? link('run', answer.url) : '';
      return [[time(event.at), '', tableCell(sentenceOf(event, asked)), '', where]];
    }
    case 'workflow-ended': {
      const { run } = event.body;
      return [[time(run.ended.at), '', tableCell(sentenceOf(event, asked)), '', link('run', run.url)]];
    }
    case 'run-admitted':
      return [[time(event.at), '', tableCell(sentenceOf(event, asked)), '', link('run', event.body.run.url)]];
    case 'retry-ordered': {
      const { person, source } = event.body;
      const said = tableCell(sentenceOf(event, asked));
      return [[time(source.createdAt), tableCell(person.login), said, '–', link('comment', source.url)]];
    }
    default:
      return [];
  }
}

/** What the record holds can be opened from its page. */
function recordedAnswer(name: string, value: AnswerValue): string {
  if (!isEvidence(value)) return tableCell(`${name}: ${answerText(value)}`);
  const words = `${name}: ${answerWords(value)}`;
  return value.kind === 'file' && value.stored ? `${words}, [stored](evidence/${value.sha256})` : words;
}

function deviations(events: readonly ReleaseEvent[]): string {
  const rows = events.flatMap((event) => {
    if (event.kind !== 'deviation-recorded') return [];
    const { body } = event;
    return body.what === 'foreign-commit'
      ? [[time(event.at), `foreign commit \`${body.commit}\``, tableCell(body.paths.join(', '))]]
      : [[time(event.at), `${tableCell(body.ref)} moved`, `\`${body.from}\` to \`${body.to}\``]];
  });
  return rows.length === 0 ? '' : `## Deviations\n\n${table(['When', 'What', 'Details'], rows)}`;
}

function eventRow(event: ReleaseEvent, asked: Asked): readonly string[] {
  return [String(event.sequence), time(event.at), tableCell(sentenceOf(event, asked))];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => '---'), ...rows];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** An instant as people read it: `2026-11-23 09:00:00 UTC`. */
function time(at: Instant): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
}

/** Only plain web addresses become links; GitHub writes them so. */
function link(words: string, url: string): string {
  return /^https?:\/\/[A-Za-z0-9.:/_#?=&%-]+$/.test(url) ? `[${words}](${url})` : tableCell(url);
}
