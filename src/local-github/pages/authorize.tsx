import type { Hono } from 'hono';
import type { App } from '../state/types.ts';
import { exchangeCode } from './exchange-code.ts';
import { ActButton, FormToken, show } from './layout.tsx';
import { problem } from './problem.tsx';
import { revokeAccess } from './revoke-access.ts';
import { field, type PageContext, type PagesEnv, type Visit } from './visit.ts';

/** What an App asks for when it sends a browser here. */
type Wish = {
  readonly app: App;
  readonly redirectUri: string;
  readonly state: string;
  readonly challenge: string;
};

/** Reads the wish; a sentence where it must not be followed, not even to say so to the App. */
export function readWish(visit: Visit, read: (name: string) => string): Wish | string {
  const app = [...visit.host.state.apps.values()].find((row) => row.clientId === read('client_id'));
  if (app === undefined) return 'There is no App with this client id.';
  const allowed = app.oauth?.callbackUrls ?? [];
  const redirectUri = read('redirect_uri') || (allowed[0] ?? '');
  // Anything but the whole address would let somebody else's page collect codes.
  if (!allowed.includes(redirectUri)) return 'The redirect_uri is not one of the App’s callback addresses.';
  const challenge = read('code_challenge');
  if (challenge !== '' && (read('code_challenge_method') !== 'S256' || !/^[\w-]{43}$/.test(challenge)))
    return 'The code challenge must be made with the method S256.';
  return { app, redirectUri, state: read('state'), challenge };
}

/** The App's address with what it is told. */
function answerUrl(wish: Wish, answer: Readonly<Record<string, string>>): string {
  const url = new URL(wish.redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (wish.state !== '') url.searchParams.set('state', wish.state);
  return url.href;
}

function Consent({ visit, wish }: { readonly visit: Visit; readonly wish: Wish }) {
  const { app, redirectUri } = wish;
  return (
    <>
      <h1>{app.name} asks to act for you</h1>
      <p>
        You are signed in as <strong>{visit.account?.login}</strong>. {app.name} will know who you are, and
        may do in your name what both you and the App are allowed to do. You go on to{' '}
        <code>{new URL(redirectUri).origin}</code>.
      </p>
      <form method="post" action="/login/oauth/authorize">
        <FormToken visit={visit} />
        <input type="hidden" name="client_id" value={app.clientId} />
        <input type="hidden" name="redirect_uri" value={redirectUri} />
        <input type="hidden" name="state" value={wish.state} />
        <input type="hidden" name="code_challenge" value={wish.challenge} />
        <input type="hidden" name="code_challenge_method" value="S256" />
        <div class="actions">
          <button type="submit" name="answer" value="yes" class="main">
            Authorize {app.name}
          </button>
          <button type="submit" name="answer" value="no">
            Cancel
          </button>
        </div>
      </form>
      <div class="row soft actions">
        Not you?{' '}
        <ActButton visit={visit} action="/logout">
          Sign out
        </ActButton>
      </div>
    </>
  );
}

function ask(context: PageContext): Response {
  const visit = context.get('visit');
  const { url } = visit;
  if (visit.account === null)
    return context.redirect(`/login?return_to=${encodeURIComponent(`${url.pathname}${url.search}`)}`, 303);
  const wish = readWish(visit, (name) => url.searchParams.get(name) ?? '');
  if (typeof wish === 'string') return show(context, 'Authorize', problem(wish), { status: 400 });
  const formTargets = [new URL(wish.redirectUri).origin];
  return show(context, `Authorize ${wish.app.name}`, <Consent visit={visit} wish={wish} />, { formTargets });
}

function consent(context: PageContext): Response {
  const visit = context.get('visit');
  if (visit.account === null) return context.redirect('/login', 303);
  const wish = readWish(visit, (name) => field(visit, name));
  if (typeof wish === 'string') return show(context, 'Authorize', problem(wish), { status: 400 });
  if (field(visit, 'answer') !== 'yes') {
    const denied = {
      error: 'access_denied',
      error_description: 'The user has denied your application access.',
    };
    return context.redirect(answerUrl(wish, denied), 302);
  }
  const grant = {
    userId: visit.account.id,
    appId: wish.app.id,
    redirectUri: wish.redirectUri,
    challenge: wish.challenge === '' ? null : wish.challenge,
  };
  return context.redirect(answerUrl(wish, { code: visit.keep.codes.issue(grant, visit.host.now()) }), 302);
}

export function authorizationRoutes(app: Hono<PagesEnv>): void {
  app.get('/login/oauth/authorize', ask);
  app.post('/login/oauth/authorize', consent);
  app.post('/login/oauth/access_token', exchangeCode);
  for (const root of ['', '/api/v3']) app.delete(`${root}/applications/:client/token`, revokeAccess);
}
