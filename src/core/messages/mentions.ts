import type { Role } from '../configuration/configuration.ts';
import type { Principal } from '../manifest/manifest.ts';
import type { Elector } from '../policy/policy.ts';
import { roleIdOf } from '../policy/resolve.ts';

/** Where whoever is called is looked up: what was recorded, so that a view stays the same until the record changes. */
export type Callable = {
  readonly organization: string;
  readonly roles: readonly Role[];
  /** People who were found eligible: everybody with a permission is known from here only. */
  readonly electors: readonly Elector[];
};

/** More people than this with one permission are not called one by one: most of a large company may write. */
const mostHolders = 20;

/**
 * Mentions, each once, that make GitHub notify those who are asked (S-031). A role and the owners of a path are called as
 * they are written: by the users and teams in them. What does not keep to GitHub's own grammar of names is left out (T18).
 */
export const mentions = (principals: readonly Principal[], among: Callable): readonly string[] => [
  ...new Set(principals.flatMap((principal) => called(principal, among))),
];

/** One person by login. */
export const mention = (login: string): readonly string[] => (isName(login) ? [`@${login}`] : []);

const isName = (name: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_-]*$/.test(name);

const called = (principal: Principal, among: Callable): readonly string[] => {
  const named = roleIdOf(principal);
  if (named === undefined) return direct(principal, among.organization);
  const role = among.roles.find(({ id }) => id === named);
  if (role === undefined) return [];
  const members = role.members.flatMap((member) => direct(member, among.organization));
  return [...members, ...holders(role, among.electors)];
};

const direct = ({ kind, name }: Principal, organization: string): readonly string[] => {
  if (!isName(name)) return [];
  return [kind === 'team' ? `@${organization}/${name}` : `@${name}`];
};

const holders = ({ permission }: Role, electors: readonly Elector[]): readonly string[] => {
  if (permission === undefined) return [];
  const written = `permission:${permission}`;
  return electors
    .filter(({ rules }) => rules.some(({ via }) => via.some(({ principal }) => principal === written)))
    .slice(0, mostHolders)
    .flatMap(({ person }) => mention(person.login));
};
