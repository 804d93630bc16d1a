import { Hono } from 'hono';
import type { Host, Viewer } from '../state/host.ts';
import { attachmentRoutes } from './attachment-routes.ts';
import { openAttachments } from './attachments.ts';
import { openAuthorizationCodes } from './authorization-codes.ts';
import { authorizationRoutes } from './authorize.tsx';
import { checkRoutes } from './check-run.tsx';
import { codeRoutes } from './code.tsx';
import { commitRoutes } from './commits.tsx';
import { conversationRoutes } from './conversation-acts.ts';
import { deliveryRoutes } from './deliveries.tsx';
import { editRoutes } from './edit-file.tsx';
import { environmentRoutes } from './environments.tsx';
import { homeRoutes } from './home.tsx';
import { issueRoutes } from './issues.tsx';
import { show } from './layout.tsx';
import { liveScript } from './live-script.ts';
import { newPullRoutes } from './new-pull.tsx';
import type { PageServer } from './open-pages.ts';
import { problem } from './problem.tsx';
import { pullRoutes } from './pulls.tsx';
import { refRoutes } from './refs.tsx';
import { openSessions, type Session, sameText } from './session.ts';
import { signInRoutes } from './sign-in.tsx';
import { stylesheet } from './stylesheet.ts';
import type { Keep, PageContext, PagesEnv, Visit } from './visit.ts';

/** Bytes of a form, attachments included. */
const maxForm = 101 * 1024 * 1024;

/** Serves every page out of one set of sessions, notes, codes and attachments. */
export function pageServer(data: string): PageServer {
  let keep: Keep | null = null;
  const app = new Hono<PagesEnv>();
  app.use(async (context, next) => {
    const { host } = context.env.doors;
    keep ??= openKeep(data, host);
    const refused = await arrive(context, keep);
    if (refused !== null) return refused;
    await next();
    return undefined;
  });
  const text = (content: string, type: string) => (context: PageContext) =>
    context.body(content, 200, {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'public, max-age=300',
      'x-content-type-options': 'nosniff',
    });
  app.get('/_local/pages/style.css', text(stylesheet, 'text/css'));
  app.get('/_local/pages/live.js', text(liveScript, 'text/javascript'));
  for (const add of allRoutes) add(app);
  app.notFound((context) => show(context, 'Not found', problem('This is not a page here.'), { status: 404 }));
  app.onError((error) => {
    throw error;
  });
  return async (doors, request) => app.fetch(request, { doors });
}

/** Special before general: names of people and repositories fit almost any address. */
const allRoutes = [
  signInRoutes,
  authorizationRoutes,
  attachmentRoutes,
  deliveryRoutes,
  homeRoutes,
  issueRoutes,
  newPullRoutes,
  pullRoutes,
  conversationRoutes,
  checkRoutes,
  environmentRoutes,
  editRoutes,
  refRoutes,
  commitRoutes,
  codeRoutes,
];

const openKeep = (data: string, host: Host): Keep => ({
  sessions: openSessions(data, `local_github_${new URL(host.url()).port}`),
  notes: new Map(),
  codes: openAuthorizationCodes(),
  attachments: openAttachments(data),
});

const unsafe = (method: string): boolean => method !== 'GET' && method !== 'HEAD';

/** Finds out who is there. A form without this session's token, or from another site, is refused. */
async function arrive(context: PageContext, keep: Keep): Promise<Response | null> {
  const { host, deliveries } = context.env.doors;
  const url = new URL(context.req.url);
  const known = keep.sessions.read(context.req.header('cookie') ?? null, host.now());
  const session: Session = known ?? keep.sessions.start(null);
  const account = session.userId === null ? null : (host.state.accounts.get(session.userId) ?? null);
  const viewer: Viewer =
    account === null ? { kind: 'anonymous' } : { kind: 'user', userId: account.id, viaAppId: null };
  const live = context.req.header('x-live') !== undefined;
  const note = live || unsafe(context.req.method) ? null : (keep.notes.get(session.id) ?? null);
  if (note !== null) keep.notes.delete(session.id);
  const formToken = keep.sessions.formToken(session);
  const visit: Visit = {
    host,
    deliveries,
    keep,
    url,
    session,
    account,
    viewer,
    formToken,
    note,
    form: new FormData(),
  };
  context.set('visit', visit);
  if (known === null && !live) context.header('set-cookie', keep.sessions.cookie(session, host.now()));
  // Apps come without a browser's session; they prove themselves by their secret.
  const byApp = url.pathname === '/login/oauth/access_token' || context.req.method === 'DELETE';
  if (!unsafe(context.req.method) || byApp) return null;
  return takeForm(context, visit);
}

async function takeForm(context: PageContext, visit: Visit): Promise<Response | null> {
  if (Number(context.req.header('content-length') ?? 0) > maxForm)
    return show(context, 'Too large', problem('What was sent is too large.'), { status: 413 });
  const form = await context.req.raw.formData().catch(() => null);
  const token = form?.get('form_token');
  const origin = context.req.header('origin');
  const foreign = origin !== undefined && origin !== visit.url.origin;
  if (form === null || foreign || typeof token !== 'string' || !sameText(token, visit.formToken))
    return show(
      context,
      'Refused',
      problem('This form was made for another session. Go back, load the page again and repeat it.'),
      { status: 403 },
    );
  context.set('visit', { ...visit, form });
  return null;
}
