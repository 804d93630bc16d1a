import { accountRequests } from './accounts-and-repositories.ts';
import { appRequests } from './apps.ts';
import { issueRequests } from './issues.ts';
import { pullRequests } from './pulls-and-checks.ts';
import { codeRequests } from './refs-and-files.ts';
import type { Request } from './request.ts';

/** Sent in this order to both hosts: later requests name what earlier answers gave. */
export const everyRequest: readonly Request[] = [
  ...appRequests,
  ...accountRequests,
  ...codeRequests,
  ...issueRequests,
  ...pullRequests,
];
