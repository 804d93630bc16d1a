import type { Principal, QuorumRule } from '../manifest/manifest.ts';
import type { Person } from '../values.ts';
import { markdown } from './escape.ts';

/** `ada, grace and linus`; `nobody` where there are none. Logins are plain text here, so that nobody is pinged twice. */
export function listed(words: readonly string[], conjunction: 'and' | 'or' = 'and'): string {
  if (words.length === 0) return 'nobody';
  if (words.length === 1) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words.at(-1)}`;
}

export const logins = (people: readonly Person[]): string =>
  listed(people.map(({ login }) => markdown(login)));

/** A principal as people read it: `team qa`, `grace`, `role release-manager`, `the owners of docs/`. */
export const principalWords = ({ kind, name }: Principal): string => {
  if (kind === 'user') return markdown(name);
  return kind === 'owners' ? `the owners of ${markdown(name)}` : `${kind} ${markdown(name)}`;
};

/** `2 of team sre or role release-manager, without grace`. */
export function ruleWords(rule: QuorumRule): string {
  const { except = [], backups = [] } = rule;
  return [
    `${quorumWords(rule)}${rule.inherited === false ? ', direct members only' : ''}`,
    ...(except.length === 0 ? [] : [`without ${listed(except.map(principalWords), 'or')}`]),
    ...(backups.length === 0 ? [] : [`${listed(backups.map(principalWords), 'or')} may stand in`]),
  ].join(', ');
}

function quorumWords({ from, require }: QuorumRule): string {
  const whom = listed(from.map(principalWords), 'or');
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

/** Mentions that make GitHub notify those who are asked (S-031). Names keep to GitHub's own grammar. */
export const mentions = (principals: readonly Principal[], organization: string): readonly string[] =>
  principals.flatMap(({ kind, name }) => {
    if (!/^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name)) return [];
    if (kind === 'user') return [`@${name}`];
    return kind === 'team' ? [`@${organization}/${name}`] : [];
  });

export const plural = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;
