import type { Principal, QuorumRule } from '../manifest/manifest.ts';
import type { Person } from '../values.ts';
import { markdown } from './escape.ts';

/** `ada, grace and linus`; `nobody` where there are none. Logins are plain text here, so that nobody is pinged twice. */
export function listed(words: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  if (words.length === 0) return 'nobody';
  if (words.length === 1) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}

/** How a sink shows text from outside: one of the escapers (T18). */
export type Escaper = (text: string) => string;

export const logins = (people: readonly Person[], show: Escaper = markdown): string =>
  listed(people.map(({ login }) => show(login)));

/** A principal as people read it: `team qa`, `grace`, `role release-manager`, `the owners of docs/`. */
export const principalWords = ({ kind, name }: Principal, show: Escaper = markdown): string => {
  if (kind === 'user') return show(name);
  return kind === 'owners' ? `the owners of ${show(name)}` : `${kind} ${show(name)}`;
};

export const principalsWords = (
  principals: readonly Principal[],
  conjunction: 'and' | 'or',
  show: Escaper = markdown,
): string =>
  listed(
    principals.map((one) => principalWords(one, show)),
    conjunction,
  );

/** `2 of team sre or role release-manager, without grace`. */
export function ruleWords(rule: QuorumRule, show: Escaper = markdown): string {
  const { except = [], backups = [] } = rule;
  return [
    `${quorumWords(rule, show)}${rule.inherited === false ? ', direct members only' : ''}`,
    ...(except.length === 0 ? [] : [`without ${principalsWords(except, 'or', show)}`]),
    ...(backups.length === 0 ? [] : [`${principalsWords(backups, 'or', show)} may stand in`]),
  ].join(', ');
}

function quorumWords({ from, require }: QuorumRule, show: Escaper): string {
  const whom = principalsWords(from, 'or', show);
  switch (require.kind) {
    case 'count':
      return `${require.count} of ${whom}`;
    case 'majority':
      return `more than half of ${whom}`;
    case 'unanimous':
      return `everybody of ${whom}`;
    case 'all-but':
      return `everybody but ${require.count} of ${whom}`;
  }
}

export const plural = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;
