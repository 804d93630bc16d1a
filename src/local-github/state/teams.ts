import type { State } from './state.ts';
import type { Role, Team, TeamMember } from './types.ts';

export const childTeams = (state: State, team: Team): Team[] =>
  [...state.teams.values()].filter((row) => row.parentId === team.id);

/** A team and everything nested in it. */
export function teamTree(state: State, team: Team): Team[] {
  return [team, ...childTeams(state, team).flatMap((child) => teamTree(state, child))];
}

/** A team and the teams it is nested in, nearest first. */
export function teamLine(state: State, team: Team): Team[] {
  const parent = team.parentId === null ? undefined : state.teams.get(team.parentId);
  return parent === undefined ? [team] : [team, ...teamLine(state, parent)];
}

export type TeamView = TeamMember & { readonly inherited: boolean };

/**
 * Everybody in a team: direct members, and members of nested teams marked as inherited. One entry per
 * person; a direct or active entry wins over an inherited or pending one.
 */
export function teamMembers(state: State, team: Team): TeamView[] {
  const people = new Map<number, TeamView>();
  for (const member of team.members) people.set(member.userId, { ...member, inherited: false });
  for (const nested of teamTree(state, team).slice(1)) {
    for (const member of nested.members) {
      const known = people.get(member.userId);
      if (known === undefined || (known.state === 'pending' && member.state === 'active')) {
        people.set(member.userId, {
          userId: member.userId,
          role: 'member',
          state: member.state,
          inherited: true,
        });
      }
    }
  }
  return [...people.values()];
}

const rank: Record<Role, number> = { read: 1, triage: 2, write: 3, maintain: 4, admin: 5 };

export const atLeast = (role: Role | null, needed: Role): boolean =>
  role !== null && rank[role] >= rank[needed];

export const strongest = (roles: readonly Role[]): Role | null =>
  roles.reduce<Role | null>((best, role) => (best === null || rank[role] > rank[best] ? role : best), null);
