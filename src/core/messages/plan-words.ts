import { sizeWords } from '../form/expectation.ts';
import type { Input, Item } from '../manifest/input.ts';
import { type Activity, isManual, type Timing } from '../manifest/manifest.ts';
import type { Moments, PlannedActivity, PlannedPhase, Timeline } from '../plan/timeline.ts';
import { barsAuthors } from '../release/apart.ts';
import type { Instant } from '../values.ts';
import { demandWords } from './check-demand-words.ts';
import { terminal } from './escape.ts';
import { barrierSentence } from './machine-words.ts';
import { partsBySource } from './origin-words.ts';
import { type Escaper, listed, plural, principalsWords, principalWords, ruleWords } from './people.ts';

/** Lines are made inert as a whole, so that nothing from outside can begin a line or obey anything (T18). */
const plain: Escaper = (text) => text;

/** What a manifest will ask of whom and when, as lines for a terminal. */
export const planLines = (timeline: Timeline): readonly string[] =>
  [...headLines(timeline), ...timeline.phases.flatMap(phaseLines)].map(terminal);

function headLines({ release, title, opensAt, start, ends }: Timeline): readonly string[] {
  return [
    `Release ${release}: ${title}`,
    ...(start === undefined ? [] : [`Nothing begins before ${start}.`]),
    ...(opensAt === undefined
      ? []
      : [
          `Opened ${opensAt}. The moments below are the earliest possible, as if everybody answered at once.`,
        ]),
    ...(ends === undefined ? [] : [`All of it could have passed by ${ends}.`]),
  ];
}

function phaseLines({ phase, onlyAfter, activities }: PlannedPhase): readonly string[] {
  const begins =
    onlyAfter.length > 0
      ? `only if ${listed(onlyAfter, 'or')} fails`
      : phase.needs.length > 0
        ? `after ${listed(phase.needs)}`
        : 'from the start';
  const owner = phase.owner === undefined ? '' : `; owner: ${principalWords(phase.owner, plain)}`;
  return ['', `Phase ${phase.id}: ${phase.title} (${begins}${owner})`, ...activities.flatMap(activityLines)];
}

function activityLines(planned: PlannedActivity): readonly string[] {
  const { activity, onFailure, moments } = planned;
  const { needs, instructions, inputs, floors = [] } = activity;
  return [
    '',
    `  ${activity.id}: ${activity.title}`,
    ...fact('begins', momentWords(moments)),
    ...fact('waits for', needs.length === 0 ? [] : [listed(needs)]),
    ...fact('only if', activity.if === undefined ? [] : [activity.if]),
    ...fact(
      'first',
      activity.preconditions === undefined ? [] : [demandWords(activity.preconditions, plain)],
    ),
    ...fact('read first', instructions === undefined ? [] : instructions.trimEnd().split(/\r\n|\r|\n/)),
    ...(isManual(activity) ? askedLines(activity) : machineLines(activity, moments)),
    ...fact('guarded', guardLines(planned)),
    ...fact(
      'form',
      inputs.map((input) => inputWords(input, activity)),
    ),
    ...fact('time', timeWords(activity.timing, moments)),
    ...fact('failure', [failureWords(onFailure)]),
    ...fact('floors', floors),
    ...fact('because', originWords(activity)),
  ];
}

/** What floors demand of GitHub itself (T14). */
const guardLines = ({ activity: { environment }, guardedBy = [] }: PlannedActivity): readonly string[] =>
  guardedBy.map((floor) => `${environment} must be guarded by GitHub itself: ${floor}`);

const askedLines = (activity: Activity): readonly string[] => [
  ...(activity.task === undefined
    ? fact('asks', whoWords(activity))
    : fact('to do by', assignedWords(activity))),
  ...fact('excluded', [excludedWords(activity)]),
  ...fact('rejection', [activity.task === undefined ? rejectionWords(activity) : undoneWords]),
];

const machineLines = (activity: Activity, moments: Moments | undefined): readonly string[] =>
  activity.checks === undefined
    ? fact('opens', openingWords(activity, moments))
    : fact('passes', [`once the target has passed ${demandWords(activity.checks, plain)}`]);

/** Nobody is asked; what can still keep it shut are freezes and windows. */
const openingWords = (
  { environment, validFor, workflow, with: given = {} }: Activity,
  moments: Moments | undefined,
): readonly string[] => [
  `environment ${environment} for the target${validFor === undefined ? '' : `, for ${validFor} at most`}`,
  ...(workflow === undefined ? [] : [`then workflow ${workflow} is started there`]),
  ...Object.entries(given).map(([name, value]) => `  with ${name}: ${value}`),
  ...(moments?.held === undefined ? [] : heldWords(moments.held)),
];

const heldWords = ({ by, until }: NonNullable<Moments['held']>): readonly string[] => [
  `${until === undefined ? 'no moment of the next two years' : `not before ${until}`}: ${barrierSentence(by)}`,
];

/** A name for the first line, and the others below it. */
const fact = (name: string, lines: readonly string[]): readonly string[] =>
  lines.map((line, index) => `    ${(index === 0 ? name : '').padEnd(10)}  ${line}`);

const momentWords = (moments: Moments | undefined): readonly string[] =>
  moments === undefined ? [] : [moments.begins, ...(moments.tooLate ? [tooLateWords] : [])];

const tooLateWords =
  'Too late: its deadline is over before it could pass, even if everybody answered at once.';

function whoWords({ approvers, order, distinct, delegation, advisory }: Activity): readonly string[] {
  const joined = order === 'sequential' ? 'then ' : 'and ';
  return [
    ...approvers.map((rule, index) => `${index === 0 ? '' : joined}${ruleWords(rule, plain)}`),
    ...(approvers.length === 0 ? ['nobody is named'] : []),
    ...(approvers.length > 1 && distinct === undefined ? ['one person fills one seat only'] : []),
    ...delegationWords(delegation),
    ...(advisory === undefined ? [] : ['everybody else may vote without weight']),
  ];
}

/** A task has one rule, of which one person is enough. */
const assignedWords = ({ approvers, delegation }: Activity): readonly string[] => [
  ...approvers.map(({ from }) => principalsWords(from, 'or', plain)),
  ...delegationWords(delegation),
];

const delegationWords = (delegation: Activity['delegation']): readonly string[] =>
  delegation === undefined ? [] : [`up to ${plural(delegation.max, 'seat', 'seats')} may be delegated`];

const undoneWords = 'one of them may say that it cannot be done, which fails it';

const excludedWords = (activity: Activity): string =>
  listed([
    ...(barsAuthors(activity) ? ['the authors of the manifest'] : []),
    ...(activity.apartFrom ?? []).map((duty) =>
      duty.kind === 'committers' ? duty.kind : `whoever approved ${duty.activity}`,
    ),
    ...activity.exclude.map((one) => principalWords(one, plain)),
  ]);

function rejectionWords({ reject }: Activity): string {
  switch (reject?.kind) {
    case undefined:
      return 'one ends it';
    case 'count':
      return `${reject.count} end it`;
    case 'majority':
      return 'more than half of those who are asked end it';
    case 'outweighed':
      return 'as many as there are approvals end it, once the quorum is there';
  }
}

const necessityWords = { optional: 'optional', 'to-approve': 'needed to approve', always: 'always needed' };

/** The type and whatever bounds it has, under the names that a manifest gives them. */
function inputWords({ id, label, required, type, ...bounds }: Input, { task }: Activity): string {
  const needed = task !== undefined && required === 'to-approve' ? 'needed' : necessityWords[required];
  const rest = Object.entries(bounds).map(
    ([name, value]) =>
      `${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} ${name === 'maxSize' ? sizeWords(value as number) : boundWords(value)}`,
  );
  return `${id}: ${label} (${[type, ...rest, needed].join('; ')})`;
}

const boundWords = (value: string | number | true | readonly (string | Item)[]): string =>
  typeof value === 'object'
    ? value.map((one) => (typeof one === 'string' ? one : one.label)).join(', ')
    : String(value);

function timeWords(timing: Timing | undefined, moments: Moments | undefined): readonly string[] {
  if (timing === undefined) return [];
  const { session, openFor, deadline, remind, escalate, expire, autoApprove } = timing;
  const { opens, openUntil, approves, ...table } = moments?.timetable ?? { reminders: [], escalations: [] };
  const late = expire === 'stay' ? 'missing it is only shown' : 'missing it ends the attempt';
  return [
    ...(session === undefined ? [] : [`votes count from the next session ${when(session, opens)} on`]),
    ...(openFor === undefined
      ? []
      : [`open for ${when(openFor, openUntil)}, even where enough have approved`]),
    ...remind.map((at, index) => `reminder at ${when(at, table.reminders[index])}`),
    ...escalate.map(({ at, to, grant }, index) => {
      const may = grant === undefined ? '' : ', who may vote then';
      return `escalation at ${when(at, table.escalations[index]?.at)} to ${principalsWords(to, 'and', plain)}${may}`;
    }),
    ...(deadline === undefined ? [] : [`deadline ${when(deadline, table.deadline)}; ${late}`]),
    ...(autoApprove === undefined
      ? []
      : [
          `approved automatically at ${when(autoApprove.at, approves)}, unless somebody rejects: ${autoApprove.comment}`,
        ]),
  ];
}

/** As it is written, and the moment that this means. */
const when = (written: string, moment: Instant | undefined): string =>
  moment === undefined || moment === written ? written : `${written} (${moment})`;

function failureWords(onFailure: PlannedActivity['onFailure']): string {
  switch (onFailure.kind) {
    case 'hold':
      return 'holds the release until somebody changes the manifest, overrules or aborts';
    case 'continue':
      return 'the release goes on without it';
    case 'fail':
      return 'ends the release as failed';
    case 'run':
      return `runs the phase ${onFailure.phase}, then ends the release as failed`;
  }
}

const originWords = (activity: Activity): readonly string[] =>
  [...partsBySource(activity)].map(([from, all]) => `${listed(all)}: ${from}`);
