import type { Host, Viewer } from '../state/host.ts';
import { grantedRole } from '../state/permissions.ts';
import { teamMembers } from '../state/teams.ts';
import type { Repository, Role } from '../state/types.ts';
import type { BypassActor, Rule, Ruleset } from './ruleset.ts';

/** Whether a ref is one that a pattern of a ruleset means. */
function matches(pattern: string, ref: string, defaultBranch: string): boolean {
  if (pattern === '~ALL') return true;
  if (pattern === '~DEFAULT_BRANCH') return ref === `refs/heads/${defaultBranch}`;
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*\*\/?|\*|\?/g, (glob) => (glob === '?' ? '[^/]' : glob === '*' ? '[^/]*' : '.*'));
  return new RegExp(`^${source}$`, 's').test(ref);
}

/** The active rulesets that mean a ref (a full name: `refs/heads/main`). All that match add up. */
export function rulesetsFor(repository: Repository, ref: string): Ruleset[] {
  const prefix = { branch: 'refs/heads/', tag: 'refs/tags/' } as const;
  const meant = (patterns: readonly string[]) =>
    patterns.some((pattern) => matches(pattern, ref, repository.defaultBranch));
  return (repository.rulesets ?? []).filter(
    ({ enforcement, target, conditions: { ref_name: names } }) =>
      enforcement === 'active' &&
      ref.startsWith(prefix[target]) &&
      meant(names.include) &&
      !meant(names.exclude),
  );
}

/** The rules that bind this viewer: a bypass actor skips every rule of its ruleset. */
export function rulesFor(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  ref: string,
  by: 'push' | 'pull_request',
): Rule[] {
  return rulesetsFor(repository, ref)
    .filter(
      ({ bypass_actors }) => !bypass_actors.some((actor) => bypasses(host, viewer, repository, actor, by)),
    )
    .flatMap(({ rules }) => rules);
}

/** The numbers of GitHub's own repository roles. */
const roleIds: Readonly<Record<number, Role>> = { 2: 'maintain', 4: 'write', 5: 'admin' };

function bypasses(
  host: Host,
  viewer: Viewer,
  repository: Repository,
  actor: BypassActor,
  by: 'push' | 'pull_request',
): boolean {
  if (actor.bypass_mode === 'pull_request' && by === 'push') return false;
  const { state } = host;
  const userId = viewer.kind === 'user' ? viewer.userId : null;
  switch (actor.actor_type) {
    case 'Integration':
      return viewer.kind === 'installation' && viewer.appId === actor.actor_id;
    case 'User':
      return userId !== null && userId === actor.actor_id;
    case 'RepositoryRole':
      return userId !== null && grantedRole(state, userId, repository) === roleIds[actor.actor_id ?? 0];
    case 'Team': {
      const team = state.teams.get(actor.actor_id ?? 0);
      if (team === undefined || team.privacy === 'secret') return false;
      return teamMembers(state, team).some((row) => row.userId === userId && row.state === 'active');
    }
    // There are neither owners of organizations nor deploy keys here.
    case 'OrganizationAdmin':
    case 'DeployKey':
      return false;
  }
}
