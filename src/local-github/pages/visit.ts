import type { Context } from 'hono';
import type { Host, Viewer } from '../state/host.ts';
import { issueByNumber, repositoryByName } from '../state/lookup.ts';
import type { Outcome } from '../state/outcome.ts';
import { actorId, type Need, permit } from '../state/permissions.ts';
import type { Account, Issue, Repository } from '../state/types.ts';
import type { Deliveries } from '../webhooks/deliver.ts';
import type { Attachments } from './attachments.ts';
import type { AuthorizationCodes } from './authorization-codes.ts';
import type { PageDoors } from './open-pages.ts';
import type { Session, Sessions } from './session.ts';

/** A sentence shown once, on the page after a form. */
export type Note = { readonly kind: 'done' | 'problem'; readonly text: string };

/** What pages keep between requests. */
export type Keep = {
  readonly sessions: Sessions;
  readonly notes: Map<string, Note>;
  readonly codes: AuthorizationCodes;
  readonly attachments: Attachments;
};

/** One request of a browser. */
export type Visit = {
  readonly host: Host;
  readonly deliveries: Deliveries;
  readonly keep: Keep;
  readonly url: URL;
  readonly session: Session;
  /** Who is signed in; null for nobody. */
  readonly account: Account | null;
  readonly viewer: Viewer;
  readonly formToken: string;
  readonly note: Note | null;
  /** What a form sent; empty for other requests. */
  readonly form: FormData;
};

export type PagesEnv = { Bindings: { readonly doors: PageDoors }; Variables: { visit: Visit } };
export type PageContext = Context<PagesEnv>;
type PageHandler = (context: PageContext) => Response | Promise<Response>;

/** A field's text, as the browser sent it: lines of a text area end in CR LF, on GitHub too. */
export function field(visit: Visit, name: string): string {
  const value = visit.form.get(name);
  return typeof value === 'string' ? value : '';
}

export const pathOf = (host: Host, repository: Repository): string =>
  `/${host.state.accounts.get(repository.ownerId)?.login ?? ''}/${repository.name}`;

export type Place = { readonly visit: Visit; readonly repository: Repository; readonly path: string };
type PlaceHandler = (context: PageContext, place: Place) => Response | Promise<Response>;

/** Where somebody who is not signed in goes first; where nothing is to be seen, nobody learns whether it exists. */
function unseen(context: PageContext): Response | Promise<Response> {
  const visit = context.get('visit');
  if (visit.account !== null) return context.notFound();
  return context.redirect(
    `/login?return_to=${encodeURIComponent(`${visit.url.pathname}${visit.url.search}`)}`,
    303,
  );
}

/** Finds the repository of the address and asks whether the viewer may do this there. */
export function inRepository(need: Need, handle: PlaceHandler): PageHandler {
  return (context) => {
    const visit = context.get('visit');
    const { host, viewer } = visit;
    const name = (context.req.param('repo') ?? '').replace(/\.git$/, '');
    const repository = repositoryByName(host.state, context.req.param('owner') ?? '', name);
    if (repository === null) return unseen(context);
    const allowed = permit(host, viewer, repository, need);
    const path = pathOf(host, repository);
    if (allowed.ok) return handle(context, { visit, repository, path });
    if (allowed.fault.kind === 'not-found' || actorId(host, viewer) === null) return unseen(context);
    return leave(context, allowed, path);
  };
}

type IssuePlace = Place & { readonly issue: Issue };

/** The same for the issue or pull request of the address; `kind` null takes both. */
export function onIssue(
  need: Need,
  kind: 'issue' | 'pull' | null,
  handle: (context: PageContext, place: IssuePlace) => Response | Promise<Response>,
): PageHandler {
  return inRepository(need, (context, place) => {
    const issue = issueByNumber(
      place.visit.host.state,
      place.repository,
      Number(context.req.param('number')),
    );
    if (issue === null) return context.notFound();
    const actual = issue.pull ? 'pull' : 'issue';
    const path = issuePath(place.path, issue);
    if (kind !== null && kind !== actual) return context.redirect(path, 303);
    return handle(context, { ...place, issue });
  });
}

export const issuePath = (path: string, issue: Issue): string =>
  `${path}/${issue.pull ? 'pull' : 'issues'}/${issue.number}`;

/** Answers a form: on to a page, which tells what came of it. */
export function leave(context: PageContext, outcome: Outcome<unknown>, to: string, done?: string): Response {
  const { keep, session } = context.get('visit');
  if (!outcome.ok) keep.notes.set(session.id, { kind: 'problem', text: faultText(outcome) });
  else if (done !== undefined) keep.notes.set(session.id, { kind: 'done', text: done });
  return context.redirect(to, 303);
}

function faultText(outcome: Outcome<unknown> & { readonly ok: false }): string {
  const { fault } = outcome;
  if (fault.kind !== 'invalid' || fault.errors.length === 0) return fault.message;
  const details = fault.errors.map(
    (one) => one.message ?? `${one.field} is ${one.code.replaceAll('_', ' ')}`,
  );
  return `${fault.message}: ${details.join('; ')}`;
}
