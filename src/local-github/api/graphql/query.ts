import { secondsOnly } from '../../state/host.ts';
import { accountById, repositoryByName } from '../../state/lookup.ts';
import { nodeId } from '../../state/node-ids.ts';
import { actorId, canSee } from '../../state/permissions.ts';
import { organizationByLogin, userByLogin } from './accounts.ts';
import type { Context } from './context.ts';
import { failure } from './failure.ts';
import { findNode } from './nodes.ts';
import { fields, type Types } from './resolver.ts';
import { type RepositorySource, repository, user } from './sources.ts';

/** A repository by its name; one the viewer may not see does not exist for them. */
export function repositoryNamed({ host, viewer }: Context, owner: string, name: string): RepositorySource {
  const row = repositoryByName(host.state, owner, name);
  if (row === null || !canSee(host, viewer, row)) {
    throw failure('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
  }
  return repository(row);
}

async function node(context: Context, id: string) {
  const found = await findNode(context, id);
  if (found === null) throw failure('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
  return found;
}

function viewer({ host, viewer: asking }: Context) {
  const id = actorId(host, asking);
  if (id === null) throw failure('FORBIDDEN', 'Resource not accessible by integration');
  return user(accountById(host.state, id));
}

const limit = 5_000;

/** This host counts no GraphQL points: the budget is always nearly untouched. */
function rateLimit({ host }: Context) {
  const resetAt = secondsOnly(new Date(host.now().getTime() + 3_600_000));
  return { cost: 1, limit, nodeCount: 1, remaining: limit - 1, used: 1, resetAt };
}

export const queryTypes: Types = {
  Query: fields<unknown>({
    id: () => nodeId('app', 0),
    node: (_, args: { id: string }, context) => node(context, args.id),
    nodes: (_, args: { ids: readonly string[] }, context) => args.ids.map((id) => node(context, id)),
    organization: (_, args: { login: string }, context) => organizationByLogin(context, args.login),
    rateLimit: (_, __: unknown, context) => rateLimit(context),
    repository: (_, args: { owner: string; name: string }, context) =>
      repositoryNamed(context, args.owner, args.name),
    user: (_, args: { login: string }, context) => userByLogin(context, args.login),
    viewer: (_, __: unknown, context) => viewer(context),
  }),
};
