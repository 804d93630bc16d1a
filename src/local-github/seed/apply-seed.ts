import { dirname, resolve } from 'node:path';
import type { GitRepository } from '../git/git-repository.ts';
import { secondsOnly } from '../state/host.ts';
import { accountByLogin, teamBySlug } from '../state/lookup.ts';
import { nextId, type State } from '../state/state.ts';
import type { Account, Repository } from '../state/types.ts';
import { publicKeyOf } from './app-key.ts';
import { environmentRow, openToAll } from './environment-settings.ts';
import { folderEdits } from './folder.ts';
import type { Seed, SeedApp, SeedOrganization, SeedRepository } from './read-seed.ts';
import { SeedError } from './seed-error.ts';

export type Ground = {
  readonly state: State;
  readonly now: () => Date;
  readonly createGit: (repository: Repository) => Promise<GitRepository>;
};

/** Fills an empty state. Throws a `SeedError` when the seed refers to something it does not describe. */
export async function applySeed(ground: Ground, seed: Seed, file: string): Promise<void> {
  const base = dirname(resolve(file));
  for (const [login, user] of Object.entries(seed.users))
    addAccount(ground, login, user.type, user.name ?? null, user.email);
  for (const [login, organization] of Object.entries(seed.organizations))
    addOrganization(ground, login, organization);
  for (const [name, repository] of Object.entries(seed.repositories))
    await addRepository(ground, base, name, repository);
  for (const [slug, app] of Object.entries(seed.apps)) addApp(ground, base, slug, app);
}

const at = (ground: Ground): string => secondsOnly(ground.now());

function addAccount(
  { state, now }: Ground,
  login: string,
  kind: Account['kind'],
  name: string | null,
  email?: string,
): Account {
  const account = {
    id: nextId(state, 'account'),
    kind,
    login,
    name,
    ...(email === undefined ? {} : { email }),
    createdAt: secondsOnly(now()),
  };
  state.accounts.set(account.id, account);
  return account;
}

/** People are known as soon as anything names them. */
const person = (ground: Ground, login: string): Account =>
  accountByLogin(ground.state, login) ?? addAccount(ground, login, 'User', null);

function addOrganization(ground: Ground, login: string, input: SeedOrganization): void {
  const { state } = ground;
  if (accountByLogin(state, login))
    throw new SeedError(`organizations.${login}: expected a name no user has`);
  const { id } = addAccount(ground, login, 'Organization', input.name ?? null);
  const userIds = new Set(input.members.map((name) => person(ground, name).id));
  for (const [slug, team] of Object.entries(input.teams)) {
    const members = team.members.map((row) => ({
      userId: person(ground, row.login).id,
      role: row.role,
      state: row.state,
    }));
    for (const member of members) if (member.state === 'active') userIds.add(member.userId);
    const created = at(ground);
    const teamId = nextId(state, 'team');
    state.teams.set(teamId, {
      id: teamId,
      organizationId: id,
      slug,
      name: team.name ?? slug,
      description: null,
      privacy: team.privacy,
      parentId: null,
      members,
      createdAt: created,
      updatedAt: created,
    });
  }
  for (const [slug, { parent }] of Object.entries(input.teams)) nest(ground, id, slug, parent);
  state.memberships.set(id, { id, userIds: [...userIds] });
}

function nest({ state }: Ground, organizationId: number, slug: string, parentSlug: string | undefined): void {
  if (parentSlug === undefined) return;
  const team = teamBySlug(state, organizationId, slug);
  const parent = teamBySlug(state, organizationId, parentSlug);
  if (parent === null)
    throw new SeedError(`teams.${slug}.parent: expected a team of the organization, found ${parentSlug}`);
  for (let above: typeof parent | undefined = parent; above; above = state.teams.get(above.parentId ?? -1))
    if (above === team)
      throw new SeedError(`teams.${slug}.parent: ${parentSlug} is nested in ${slug} already`);
  if (team) team.parentId = parent.id;
}

async function addRepository(
  ground: Ground,
  base: string,
  fullName: string,
  input: SeedRepository,
): Promise<void> {
  const { state } = ground;
  const [ownerLogin = '', name = ''] = fullName.split('/');
  const owner = accountByLogin(state, ownerLogin);
  if (owner === null)
    throw new SeedError(`repositories.${fullName}: expected an owner among organizations or users`);
  const created = at(ground);
  const repository: Repository = {
    id: nextId(state, 'repository'),
    ownerId: owner.id,
    name,
    description: input.description ?? null,
    isPrivate: input.private,
    defaultBranch: 'main',
    userGrants: [],
    teamGrants: [],
    labels: [],
    environments: {},
    nextNumber: 1,
    activity: [],
    verifiedCommits: [],
    workflows: input.workflows ?? {},
    rulesets: (input.rulesets ?? []).map((body) => ({
      ...body,
      id: nextId(state, 'ruleset'),
      createdAt: created,
      updatedAt: created,
    })),
    createdAt: created,
    updatedAt: created,
    pushedAt: created,
  };
  for (const [name, environment] of Object.entries(input.environments))
    repository.environments[name] = environmentRow(nextId(state, 'environment'), environment ?? openToAll);
  for (const [principal, role] of Object.entries(input.permissions)) {
    const [kind, slug] = principal.startsWith('team:') ? ['team', principal.slice(5)] : ['user', principal];
    const team = kind === 'team' ? teamBySlug(state, owner.id, slug ?? '') : null;
    if (kind === 'team' && team === null)
      throw new SeedError(
        `repositories.${fullName}.permissions.${principal}: expected a team of ${ownerLogin}`,
      );
    if (team) repository.teamGrants.push({ id: team.id, role });
    else repository.userGrants.push({ id: person(ground, principal).id, role });
  }
  state.repositories.set(repository.id, repository);
  const git = await ground.createGit(repository);
  if (input.from !== undefined) await firstCommit(git, resolve(base, input.from), created);
}

async function firstCommit(git: GitRepository, folder: string, date: string): Promise<void> {
  const treeSha = await git.editTree(null, await folderEdits(folder));
  const author = { name: 'GitHub', email: 'noreply@github.com', date };
  const sha = await git.writeCommit({
    treeSha,
    parents: [],
    author,
    committer: author,
    message: 'Initial commit\n',
  });
  await git.updateRefs([{ ref: 'refs/heads/main', before: null, after: sha }]);
}

function addApp(ground: Ground, base: string, slug: string, input: SeedApp): void {
  const { state } = ground;
  const owners = input['installed-on'].map((login) => {
    const account = accountByLogin(state, login);
    if (account === null)
      throw new SeedError(`apps.${slug}.installed-on: expected an organization or user, found ${login}`);
    return account;
  });
  if (state.apps.has(input.id)) throw new SeedError(`apps.${slug}.id: ${input.id} is taken by another App`);
  const bot = addAccount(ground, `${slug}[bot]`, 'Bot', null);
  state.apps.set(input.id, {
    id: input.id,
    clientId: `Iv1.${input.id.toString(16).padStart(16, '0')}`,
    slug,
    name: input.name ?? slug,
    ownerId: owners[0]?.id ?? bot.id,
    botId: bot.id,
    publicKey: publicKeyOf(resolve(base, input['private-key'])),
    webhook: input.webhook ? { id: nextId(state, 'hook'), ...input.webhook } : null,
    permissions: { ...input.permissions },
    events: [...input.events],
    ...(input['client-secret'] === undefined
      ? {}
      : { oauth: { clientSecret: input['client-secret'], callbackUrls: input['callback-urls'] ?? [] } }),
    createdAt: at(ground),
  });
  for (const owner of owners) {
    const id = nextId(state, 'installation');
    state.installations.set(id, { id, appId: input.id, accountId: owner.id, createdAt: at(ground) });
  }
}
