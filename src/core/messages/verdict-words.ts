import type { Asked } from '../manifest/asked.ts';
import type { CheckDemand } from '../manifest/check-demand.ts';
import type { Blockage, Objection, RuleVerdict, Verdict } from '../policy/policy.ts';
import { demandWords } from './check-demand-words.ts';
import { markdown } from './escape.ts';
import { type Escaper, logins, plural, principalsWords, ruleWords } from './people.ts';

/** One sentence for where a vote stands: check, issue and page all show this one (design 3). */
export function verdictSentence(
  verdict: Verdict,
  show: Escaper = markdown,
  asked: Asked = 'approval',
): string {
  return asked === 'approval' ? voteSentence(verdict, show) : deedSentence(verdict, show);
}

function voteSentence(verdict: Verdict, show: Escaper): string {
  switch (verdict.status) {
    case 'approved':
      return `Approved by ${logins(verdict.approvals, show)}.`;
    case 'rejected':
      return rejectedSentence(verdict.because, logins(verdict.rejections, show));
    case 'waiting':
      return waitingSentence(verdict, show);
    case 'blocked':
      return blockageSentence(verdict.blockage, verdict.rules, show);
  }
}

/** Where something stands that one of those it is assigned to does. */
function deedSentence(verdict: Verdict, show: Escaper): string {
  switch (verdict.status) {
    case 'approved':
      return `Done by ${logins(verdict.approvals, show)}.`;
    case 'rejected':
      return `Cannot be done, says ${logins(verdict.rejections, show)}.`;
    case 'waiting':
      return verdict.first === undefined
        ? `To be done by ${assignedTo(verdict, show)}.`
        : `${firstWords(verdict.first, show)} Then it is to be done by ${assignedTo(verdict, show)}.`;
    case 'blocked':
      return undoneSentence(verdict, show);
  }
}

const assignedTo = ({ rules }: Verdict, show: Escaper): string =>
  principalsWords(
    rules.flatMap(({ rule }) => rule.from),
    'or',
    show,
  );

type Blocked = Extract<Verdict, { readonly status: 'blocked' }>;

function undoneSentence({ blockage, rules }: Blocked, show: Escaper): string {
  if (blockage.kind === 'objection') {
    const who = logins(blockage.people, show);
    return `${who} said before that this cannot be done, and nothing has changed since. Wait until they write \`/done\` or \`/withdraw\` here, or change what is asked.`;
  }
  return blockage.kind === 'nobody-eligible'
    ? 'Nobody is left who may do this. Add people, or change the manifest.'
    : blockageSentence(blockage, rules, show);
}

function rejectedSentence(because: Objection, who: string): string {
  switch (because) {
    case 'rejections':
      return `Rejected by ${who}.`;
    case 'out-of-reach':
      return `Rejected by ${who}: those who are left cannot be enough any more.`;
    case 'outweighed':
      return `Rejected by ${who}: that is at least as many as approved.`;
  }
}

type Waiting = Extract<Verdict, { readonly status: 'waiting' }>;

const firstWords = (first: readonly CheckDemand[], show: Escaper): string =>
  `Waiting until the target has passed ${demandWords(first, show)}.`;

const votesAreTaken = 'Nothing is decided before the voting time is over.';

function waitingSentence(waiting: Waiting, show: Escaper): string {
  const { rules, unblock, gone, votingOpen, outOfReach, opens, first } = waiting;
  if (first !== undefined) return `${firstWords(first, show)} No vote counts before.`;
  if (opens !== undefined) return `Waiting for the session of ${opens}: no vote counts before it.`;
  if (outOfReach) return `The others cannot be enough any more, unless somebody withdraws. ${votesAreTaken}`;
  if (gone !== undefined)
    return `${logins(gone, show)} may not vote here any more, and without them those who were asked are not enough. Add people, or change the manifest.`;
  if (unblock.length === 0) return `Enough people have approved. ${votesAreTaken}`;
  const turn = rules.some(({ closed }) => closed) ? rules.findLast(({ closed }) => !closed) : undefined;
  return [
    `Waiting for ${plural(unblock.length, 'approval', 'approvals')}; ${logins(unblock, show)} would be enough.`,
    ...(turn === undefined ? [] : [`Now it is the turn of ${ruleWords(turn.rule, show)}.`]),
    ...(votingOpen ? [votesAreTaken] : []),
  ].join(' ');
}

function blockageSentence(blockage: Blockage, rules: readonly RuleVerdict[], show: Escaper): string {
  switch (blockage.kind) {
    case 'nobody-eligible': {
      if (blockage.rules.length === 0) return 'Nobody is asked to approve this. Change the manifest.';
      const empty = rules
        .filter((_, index) => blockage.rules.includes(index))
        .map(({ rule }) => ruleWords(rule, show));
      return `Nobody is left who may approve for "${empty.join('" and "')}". Add people, or change the manifest.`;
    }
    case 'too-few-eligible':
      return `Even if everybody eligible approved, ${plural(blockage.missing, 'approval', 'approvals')} would be missing, because one person fills one seat only. Add people, or change the manifest.`;
    case 'doubt': {
      const who = blockage.doubts.map(({ person, what }) => `${show(person.login)} (comment ${what})`);
      return `What these people want is in doubt until they speak again: ${who.join(', ')}.`;
    }
    case 'objection':
      return `${logins(blockage.people, show)} rejected this before, and nothing has changed since. Wait until they approve or write \`/withdraw\` here, or change what is asked.`;
    case 'unknown':
      return 'Something needed could not be established. It is being looked at again.';
  }
}

/** A line a rule: what it asks, who counts for it, how many are missing. */
export function ruleLines(verdict: Verdict, asked: Asked = 'approval'): readonly string[] {
  if (asked !== 'approval') {
    const done = verdict.status === 'approved';
    const by = done ? `, done by ${logins(verdict.approvals)}` : '';
    return [`- ${done ? '✅' : '⏳'} ${assignedTo(verdict, markdown)}${by}`];
  }
  return verdict.rules.map(({ rule, seats, counted, met, closed }) => {
    const mark = met ? '✅' : closed ? '▫️' : '⏳';
    const have = counted.length === 0 ? '' : ` (${logins(counted)})`;
    const later = closed ? '; its turn comes after the rules above' : '';
    return `- ${mark} ${ruleWords(rule)}: ${counted.length} of ${seats}${have}${later}`;
  });
}
