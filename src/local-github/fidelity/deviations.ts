// Where this host knowingly differs from GitHub's published description, and why. Everything else is a violation.

import type { Violation } from './violation.ts';

/** Refusals that GitHub gives everywhere and documents only here and there; their body is always its basic error. */
export const ordinaryRefusals: readonly number[] = [400, 401, 403, 404, 409, 422, 429];

/** Routes that exist on GitHub without being described, with the reason to have them. */
const undescribedRoutes: readonly {
  readonly where: string;
  readonly route: RegExp;
  readonly reason: string;
}[] = [
  {
    where: 'routes below `/_local/`',
    route: /^\w+ \/_local\//,
    reason: 'what people do by hand on the pages of GitHub, and faults',
  },
  {
    where: 'routes below `/login/`',
    route: /^\w+ \/login\//,
    reason: 'signing in belongs to the pages: the REST description leaves it to the OAuth documents',
  },
  {
    where: 'routes below `/organizations/{id}`',
    route: /^GET \/organizations\/\d+(\/team\/\d+(\/(members|teams|memberships\/[^/]+))?)?$/,
    reason: 'GitHub names these addresses in `url` of organizations and teams; they survive a renaming',
  },
  {
    where: '`GET /repos/{owner}/{repo}/contents`',
    route: /^GET \/repos\/[^/]+\/[^/]+\/contents\/?$/,
    reason: 'the root folder: the description demands a path, the reference says that it may be left out',
  },
];

export const isUndescribed = (method: string, path: string): boolean =>
  undescribedRoutes.some(({ route }) => route.test(`${method} ${path}`));

type Deviation = {
  /** For the reader. */
  readonly where: string;
  readonly what: Violation['what'];
  readonly operation: RegExp;
  readonly place: RegExp;
  readonly reason: string;
};

const deviations: readonly Deviation[] = [
  {
    where: 'accounts in `GET /app/installations`',
    what: 'response',
    operation: /^GET \/app\/installations$/,
    place: /^\/\d+\/account$/,
    reason: 'published as an account and an enterprise at once, which nothing can be: it is one of them',
  },
  {
    where: '409 of changing contents',
    what: 'response',
    operation: /^(PUT|DELETE) .*\/contents\/\{path\}$/,
    place: /^$/,
    reason: "the 409 is published as exactly one of two forms, and GitHub's ordinary error fits both",
  },
  {
    where: 'jobs that wait, within webhooks',
    what: 'webhook',
    operation: /^check_run\./,
    place: /^\/check_run\/status$/,
    reason:
      'GitHub sends check runs that are `waiting`; the published list for this webhook lacks the word, the one for REST has it',
  },
  {
    where: 'events of an App within webhooks',
    what: 'webhook',
    operation: /./,
    place: /\/(app|performed_via_github_app)\/events\/\d+$/,
    reason: 'the published list of events that an App may hear is older than the events published beside it',
  },
];

/** Whether a violation is known and judged. */
export const isDeviation = (violation: Violation): boolean =>
  deviations.some(
    ({ what, operation, place }) =>
      what === violation.what && operation.test(violation.operation) && place.test(violation.place),
  );

/** Everything judged here, for the page. */
export const judgedDeviations: readonly { readonly where: string; readonly reason: string }[] = [
  ...undescribedRoutes,
  ...deviations,
  {
    where: `refusals (${ordinaryRefusals.join(', ')}) that are not documented for an operation`,
    reason: 'GitHub gives them everywhere; their body must be its basic error',
  },
];
