import { accountTypes } from './accounts.ts';
import { checkMutations } from './check-mutations.ts';
import { checkTypes } from './checks.ts';
import { commitMutations } from './commit-mutations.ts';
import { issueMutations } from './issue-mutations.ts';
import { issueTypes } from './issues.ts';
import { objectTypes } from './objects.ts';
import { pullRequestTypes } from './pull-requests.ts';
import { queryTypes } from './query.ts';
import { queueMutations } from './queue-mutations.ts';
import { reactionTypes } from './reactions.ts';
import { repositoryTypes } from './repositories.ts';
import type { Types } from './resolver.ts';

/** Every type the local GitHub resolves. */
export const types: Types = {
  ...queryTypes,
  Mutation: { ...checkMutations, ...commitMutations, ...issueMutations, ...queueMutations },
  ...accountTypes,
  ...repositoryTypes,
  ...objectTypes,
  ...checkTypes,
  ...issueTypes,
  ...reactionTypes,
  ...pullRequestTypes,
};
