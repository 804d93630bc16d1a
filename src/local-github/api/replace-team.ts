import { z } from 'zod';
import { stamp } from '../state/host.ts';
import { accountByLogin, teamBySlug } from '../state/lookup.ts';
import { nextId } from '../state/state.ts';
import { type Call, missing, noContent, readBody, refuse } from './call.ts';
import { route } from './route.ts';

/**
 * `POST /_local/replace-team { organization, team, members }` does what an owner of the organization does on the pages of
 * a real GitHub: deletes a team, and makes another one with the same name, which has another id and no permissions.
 */
export const replaceTeam = route('POST /_local/replace-team', (call: Call) => {
  const shape = z.object({ organization: z.string(), team: z.string(), members: z.array(z.string()) });
  const body = readBody(call, shape);
  if (!body.ok) return refuse(body.fault);
  const { state, announce } = call.host;
  const organization = accountByLogin(state, body.value.organization);
  const old = organization && teamBySlug(state, organization.id, body.value.team);
  if (organization === null || old === null) return missing;
  const people = body.value.members.flatMap((name) => accountByLogin(state, name) ?? []);
  const members = people.map(({ id }) => ({ userId: id, role: 'member', state: 'active' }) as const);
  const now = stamp(call.host);
  const id = nextId(state, 'team');
  const team = { ...old, id, parentId: null, members: [...members], createdAt: now, updatedAt: now };
  state.teams.delete(old.id);
  announce({ kind: 'team', action: 'deleted', team: old }, organization.id);
  state.teams.set(id, team);
  announce({ kind: 'team', action: 'created', team }, organization.id);
  return noContent;
});
