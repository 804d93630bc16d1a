import { accountById } from '../../state/lookup.ts';
import { grantedRole, needs, permit } from '../../state/permissions.ts';
import type { Repository } from '../../state/types.ts';
import { type PageArguments, paginate } from './connection.ts';
import type { Context } from './context.ts';
import { orRefuse } from './failure.ts';
import { user } from './sources.ts';

/** Everybody with a role of their own or by a team, each with the highest; whoever may only read what all may is none. */
export function collaborators(row: Repository, args: PageArguments, context: Context) {
  orRefuse(permit(context.host, context.viewer, row, needs.listCollaborators));
  const { state } = context.host;
  const people = [...state.accounts.values()].flatMap((account) => {
    const role = account.kind === 'User' ? grantedRole(state, account.id, row) : null;
    return role === null ? [] : [{ id: account.id, role }];
  });
  const page = paginate('collaborators', people, args, ({ id }) => id);
  const shown = (id: number) => user(accountById(state, id));
  return {
    ...page,
    nodes: page.nodes.map(({ id }) => shown(id)),
    edges: page.edges.map(({ cursor, node }) => ({
      cursor,
      node: shown(node.id),
      permission: node.role.toUpperCase(),
    })),
  };
}
