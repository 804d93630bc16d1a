import type { State } from './state.ts';
import type { Repository } from './types.ts';

export type Association = 'OWNER' | 'MEMBER' | 'COLLABORATOR' | 'NONE';

/** How an author stands to a repository, as `author_association` says it; earlier commits are not looked at. */
export function association(state: State, repository: Repository, accountId: number): Association {
  if (repository.ownerId === accountId) return 'OWNER';
  if (state.memberships.get(repository.ownerId)?.userIds.includes(accountId)) return 'MEMBER';
  return repository.userGrants.some((grant) => grant.id === accountId) ? 'COLLABORATOR' : 'NONE';
}
