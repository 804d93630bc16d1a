import { accountRoutes } from './accounts.ts';
import { appRoutes } from './apps.ts';
import { checkRoutes } from './checks.ts';
import { commentRoutes } from './comments.ts';
import { commitRoutes, oneCommitRoutes } from './commits.ts';
import { contentRoutes } from './contents.ts';
import { deliveryRoutes } from './deliveries.ts';
import { deploymentRoutes } from './deployments.ts';
import { faultRoutes } from './faults.ts';
import { gitObjectRoutes } from './git-objects.ts';
import { gitRefRoutes } from './git-refs.ts';
import { issueRoutes } from './issues.ts';
import { localRoutes } from './local.ts';
import { metaRoutes } from './meta.ts';
import { pullRoutes } from './pulls.ts';
import { replaceTeam } from './replace-team.ts';
import { repositoryRoutes } from './repositories.ts';
import { reviewRoutes } from './reviews.ts';
import type { Route } from './route.ts';
import { rulesetRoutes } from './rulesets.ts';
import { workflowRoutes } from './workflows.ts';

/** Every REST route, special before general. */
export const routes: readonly Route[] = [
  ...metaRoutes,
  ...appRoutes,
  ...deliveryRoutes,
  ...accountRoutes,
  ...repositoryRoutes,
  ...rulesetRoutes,
  ...deploymentRoutes,
  ...workflowRoutes,
  ...gitRefRoutes,
  ...gitObjectRoutes,
  ...contentRoutes,
  ...commitRoutes,
  ...checkRoutes,
  ...oneCommitRoutes,
  ...pullRoutes,
  ...reviewRoutes,
  ...commentRoutes,
  ...issueRoutes,
  ...localRoutes,
  replaceTeam,
  ...faultRoutes,
];
