// Who may do what. An installation is bounded by its permissions, a person by the role in the repository,
// and a person acting through an App by both.

import type { Host, Viewer } from './host.ts';
import { accountById, appById, installationOn } from './lookup.ts';
import { done, fail, forbidden, notFound, type Outcome } from './outcome.ts';
import type { State } from './state.ts';
import { atLeast, strongest, teamLine } from './teams.ts';
import type { App, Level, Repository, Role, Team } from './types.ts';

export const notByIntegration = 'Resource not accessible by integration';
const levels: Record<Level, number> = { read: 1, write: 2, admin: 3 };

/** What an act needs: the App permission for installations, the role for people. */
export type Need = { readonly permission: string; readonly level: Level; readonly role: Role };

export const needs = {
  metadata: { permission: 'metadata', level: 'read', role: 'read' },
  listCollaborators: { permission: 'metadata', level: 'read', role: 'write' },
  readContents: { permission: 'contents', level: 'read', role: 'read' },
  writeContents: { permission: 'contents', level: 'write', role: 'write' },
  readIssues: { permission: 'issues', level: 'read', role: 'read' },
  writeIssues: { permission: 'issues', level: 'write', role: 'read' },
  readPulls: { permission: 'pull_requests', level: 'read', role: 'read' },
  writePulls: { permission: 'pull_requests', level: 'write', role: 'read' },
  readChecks: { permission: 'checks', level: 'read', role: 'read' },
  writeChecks: { permission: 'checks', level: 'write', role: 'write' },
  readActions: { permission: 'actions', level: 'read', role: 'read' },
  writeActions: { permission: 'actions', level: 'write', role: 'write' },
  rerequest: { permission: 'checks', level: 'write', role: 'write' },
} as const satisfies Record<string, Need>;

/** The highest role of a person by direct grant and by teams; grants to a team reach the teams nested in it. */
export function grantedRole(state: State, userId: number, repository: Repository): Role | null {
  if (repository.ownerId === userId) return 'admin';
  const roles = repository.userGrants.filter((grant) => grant.id === userId).map((grant) => grant.role);
  for (const team of state.teams.values()) {
    if (!team.members.some((member) => member.userId === userId && member.state === 'active')) continue;
    const line = new Set(teamLine(state, team).map((row) => row.id));
    for (const grant of repository.teamGrants) if (line.has(grant.id)) roles.push(grant.role);
  }
  return strongest(roles);
}

/** The role that counts: a public repository may be read by everybody. */
export const roleOf = (state: State, userId: number, repository: Repository): Role | null =>
  grantedRole(state, userId, repository) ?? (repository.isPrivate ? null : 'read');

const covers = (granted: Level | undefined, needed: Level): boolean =>
  granted !== undefined && levels[granted] >= levels[needed];

const appCovers = (app: App, permission: string, level: Level): boolean =>
  permission === 'metadata' ? level === 'read' : covers(app.permissions[permission], level);

/** Whether the viewer may know that the repository exists. */
export function canSee(host: Host, viewer: Viewer, repository: Repository): boolean {
  switch (viewer.kind) {
    case 'anonymous':
    case 'app':
      return !repository.isPrivate;
    case 'user':
      if (roleOf(host.state, viewer.userId, repository) === null) return false;
      return viewer.viaAppId === null || !repository.isPrivate || reaches(host, viewer.viaAppId, repository);
    case 'installation':
      return !repository.isPrivate || isInstalled(host, viewer, repository);
  }
}

const reaches = (host: Host, appId: number, repository: Repository): boolean =>
  installationOn(host.state, appId, repository.ownerId) !== null;

function isInstalled(host: Host, viewer: Viewer & { kind: 'installation' }, repository: Repository): boolean {
  const installation = host.state.installations.get(viewer.installationId);
  const chosen = viewer.repositoryIds === null || viewer.repositoryIds.includes(repository.id);
  return installation?.accountId === repository.ownerId && chosen;
}

/** Checks an act on a repository: 404 when it must stay hidden, 403 when seen but not allowed. */
export function permit(host: Host, viewer: Viewer, repository: Repository, need: Need): Outcome<true> {
  if (!canSee(host, viewer, repository)) return notFound();
  const publicRead = !repository.isPrivate && need.level === 'read';
  switch (viewer.kind) {
    case 'anonymous':
      return publicRead ? done(true) : fail({ kind: 'unauthorized', message: 'Requires authentication' });
    case 'app':
      return forbidden(notByIntegration);
    case 'installation':
      if (publicRead) return done(true);
      if (!isInstalled(host, viewer, repository)) return forbidden(notByIntegration);
      if (need.permission === 'metadata' && need.level === 'read') return done(true);
      return covers(viewer.permissions[need.permission], need.level)
        ? done(true)
        : forbidden(notByIntegration);
    case 'user':
      return permitUser(host, viewer, repository, need);
  }
}

function permitUser(
  host: Host,
  viewer: Viewer & { kind: 'user' },
  repository: Repository,
  need: Need,
): Outcome<true> {
  if (!atLeast(roleOf(host.state, viewer.userId, repository), need.role)) {
    return forbidden('Must have write access to the repository.');
  }
  if (viewer.viaAppId === null || (!repository.isPrivate && need.level === 'read')) return done(true);
  const app = appById(host.state, viewer.viaAppId);
  const allowed = reaches(host, app.id, repository) && appCovers(app, need.permission, need.level);
  return allowed ? done(true) : forbidden(notByIntegration);
}

/** Whether the viewer has at least this role; an installation counts as write where its permission says so. */
export function holds(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  role: Role,
  permission: string,
): boolean {
  if (viewer.kind === 'user') return atLeast(roleOf(host.state, viewer.userId, repository), role);
  if (viewer.kind !== 'installation' || atLeast(role, 'maintain')) return false;
  return isInstalled(host, viewer, repository) && covers(viewer.permissions[permission], 'write');
}

/** The account that acts: the person, or the App's bot user. Null for viewers that cannot act. */
export function actorId(host: Host, viewer: Viewer): number | null {
  if (viewer.kind === 'user') return viewer.userId;
  if (viewer.kind === 'installation')
    return accountById(host.state, appById(host.state, viewer.appId).botId).id;
  return null;
}

/** The App through which something was written, as `performed_via_github_app` shows it. */
export function viaApp(viewer: Viewer): number | null {
  if (viewer.kind === 'installation') return viewer.appId;
  return viewer.kind === 'user' ? viewer.viaAppId : null;
}

/** Whether the viewer may ask about members and teams of an organization. */
export function permitMembers(host: Host, viewer: Viewer, organizationId: number): Outcome<true> {
  if (viewer.kind === 'installation') {
    const here = host.state.installations.get(viewer.installationId)?.accountId === organizationId;
    if (!here) return notFound();
    return covers(viewer.permissions['members'], 'read') ? done(true) : forbidden(notByIntegration);
  }
  if (viewer.kind !== 'user') return notFound();
  const members = host.state.memberships.get(organizationId)?.userIds ?? [];
  return members.includes(viewer.userId) ? done(true) : notFound();
}

/**
 * Whether a viewer who may ask about teams learns of this one: secret teams are known to their members only. Whether an
 * App with the permission sees them is not documented; here it does not, which is the unfriendlier case (†).
 */
export function seesTeam(viewer: Viewer, team: Team): boolean {
  if (team.privacy !== 'secret') return true;
  const { members } = team;
  return (
    viewer.kind === 'user' && members.some((row) => row.userId === viewer.userId && row.state === 'active')
  );
}
