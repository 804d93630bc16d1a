import { type Permission, permissions } from '../core/configuration/configuration.ts';
import type { Resolution, Resolutions } from '../core/policy/principals.ts';
import type { Variables } from './connection.ts';
import type { GraphqlError } from './forge-error-of.ts';
import { collaborators, TEAM } from './fragments.ts';
import { personOf } from './from-wire.ts';
import { gather, type Open } from './pages.ts';
import type { WireRepository, WireTeam, WireUser } from './wire.ts';

/**
 * The part of a document that asks for principals: `fields` stand at the top of a query that declares `$owner`,
 * `repositoryFields` within its repository.
 */
export type PrincipalQuestion = {
  readonly declarations: readonly string[];
  readonly fields: readonly string[];
  readonly repositoryFields: readonly string[];
  readonly variables: Variables;
  readonly teams: readonly string[];
  readonly users: readonly string[];
  readonly permissions: readonly string[];
};

export type PrincipalAnswer = {
  readonly repository: Pick<WireRepository, 'id' | 'databaseId' | 'collaborators'>;
  /** Null: the repository belongs to a person, so there are no teams. */
  readonly organization?: { readonly [alias: string]: WireTeam | null } | null;
};

const named = (principals: readonly string[], kind: 'team:' | 'user:' | 'permission:'): readonly string[] =>
  [...new Set(principals)].filter((one) => one.startsWith(kind)).map((one) => one.slice(kind.length));

/** Teams are looked up in the repository's own organization only, so no other one can be named (T13). */
export const askPrincipals = (principals: readonly string[]): PrincipalQuestion => {
  const teams = named(principals, 'team:');
  const users = named(principals, 'user:');
  const granted = named(principals, 'permission:');
  const asked = teams.map((_, index) => `t${index}: team(slug: $team${index}) { ${TEAM} }`);
  return {
    declarations: [
      ...teams.map((_, index) => `$team${index}: String!`),
      ...users.map((_, index) => `$user${index}: String!`),
    ],
    fields: [
      ...(asked.length === 0 ? [] : [`organization(login: $owner) { ${asked.join('\n')} }`]),
      ...users.map((_, index) => `u${index}: user(login: $user${index}) { databaseId login }`),
    ],
    variables: Object.fromEntries([
      ...teams.map((slug, index) => [`team${index}`, slug]),
      ...users.map((login, index) => [`user${index}`, login]),
    ]),
    repositoryFields: granted.length === 0 ? [] : [collaborators()],
    teams,
    users,
    permissions: granted,
  };
};

/** Errors on the way to a field, or below it. */
const errorsAt = (errors: readonly GraphqlError[], path: readonly string[]): readonly GraphqlError[] =>
  errors.filter((error) => {
    const at = error.path ?? [];
    return at.every((step, index) => index >= path.length || step === path[index]);
  });

/** Why there is no answer: not found is `missing`; every other refusal tells nothing, so it is `unknown`. */
const withoutAnswer = (errors: readonly GraphqlError[]): Resolution => {
  const refusal = errors.find(({ type }) => type !== 'NOT_FOUND');
  return refusal === undefined ? { kind: 'missing' } : { kind: 'unknown', why: refusal.message };
};

const resolveTeam = (team: WireTeam): { readonly read: () => Resolution; readonly open: readonly Open[] } => {
  const all = gather('allMembers', team.id, team.all);
  const immediate = gather('immediateMembers', team.id, team.immediate);
  const read = (): Resolution => {
    if (team.databaseId === null) return { kind: 'unknown', why: 'GitHub left out the id of the team.' };
    const direct = new Set(immediate.nodes.map((user) => user?.databaseId));
    const members = all.nodes.flatMap((user) =>
      user === null ? [] : [{ person: personOf(user), inherited: !direct.has(user.databaseId) }],
    );
    return { kind: 'team', id: team.databaseId, members };
  };
  return { read, open: [all.open, immediate.open] };
};

/** Who may do at least as much, as a team whose id is the repository's: whoever renames it changes nothing (T13). */
const resolvePermissions = (
  repository: PrincipalAnswer['repository'],
  errors: readonly GraphqlError[],
): { readonly read: (permission: string) => Resolution; readonly open: readonly Open[] } => {
  const { id, databaseId, collaborators: page } = repository;
  if (page === undefined || page === null || errors.length > 0 || databaseId === null) {
    const why = errors[0]?.message ?? 'GitHub left out who may do what on the repository.';
    return { read: () => ({ kind: 'unknown', why }), open: [] };
  }
  const all = gather('collaborators', id, page);
  const read = (permission: string): Resolution => {
    const least = rankOf(permission);
    const members = all.nodes.flatMap((one) =>
      one === null || rankOf(one.permission.toLowerCase()) < least
        ? []
        : [{ person: personOf(one.node), inherited: false }],
    );
    return { kind: 'team', id: databaseId, members };
  };
  return { read, open: [all.open] };
};

const rankOf = (permission: string): number => permissions.indexOf(permission as Permission);

const resolveUser = (user: WireUser): Resolution => ({ kind: 'user', ...personOf(user) });

/** What the answer says about each principal; `read` is complete once every page of `open` was read. */
export const resolutionsIn = (
  question: PrincipalQuestion,
  answer: PrincipalAnswer & { readonly [alias: string]: unknown },
  errors: readonly GraphqlError[],
): { readonly read: () => Resolutions; readonly open: readonly Open[] } => {
  const open: Open[] = [];
  const readers = new Map<string, () => Resolution>();
  question.teams.forEach((slug, index) => {
    const team = answer.organization?.[`t${index}`] ?? null;
    const wrong = errorsAt(errors, ['organization', `t${index}`]);
    if (team === null || wrong.length > 0) {
      readers.set(`team:${slug}`, () => withoutAnswer(wrong));
      return;
    }
    const resolved = resolveTeam(team);
    open.push(...resolved.open);
    readers.set(`team:${slug}`, resolved.read);
  });
  question.users.forEach((login, index) => {
    const user = (answer[`u${index}`] ?? null) as WireUser | null;
    const wrong = errorsAt(errors, [`u${index}`]);
    readers.set(`user:${login}`, () => (user === null ? withoutAnswer(wrong) : resolveUser(user)));
  });
  if (question.permissions.length > 0) {
    const granted = resolvePermissions(answer.repository, errorsAt(errors, ['repository', 'collaborators']));
    open.push(...granted.open);
    for (const permission of question.permissions)
      readers.set(`permission:${permission}`, () => granted.read(permission));
  }
  const read = (): Resolutions =>
    Object.fromEntries([...readers].map(([principal, reader]) => [principal, reader()]));
  return { read, open };
};
