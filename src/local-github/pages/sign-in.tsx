import type { Hono } from 'hono';
import { accountByLogin } from '../state/lookup.ts';
import type { Account } from '../state/types.ts';
import { Avatar, FormToken, show } from './layout.tsx';
import { field, type PageContext, type PagesEnv, type Visit } from './visit.ts';

/** A page of this host to go on to; anything else, another host above all, leads home. */
export function localAddress(text: string): string {
  return /^\/(?![/\\])[^\s\\]*$/.test(text) ? text : '/';
}

/** Everybody who can sign in, by login. */
export const people = (visit: Visit): Account[] =>
  [...visit.host.state.accounts.values()]
    .filter((account) => account.kind === 'User')
    .sort((a, b) => (a.login < b.login ? -1 : 1));

function SignIn({ visit, to }: { readonly visit: Visit; readonly to: string }) {
  return (
    <>
      <h1>Who are you today?</h1>
      <p class="note plain">
        This is a local stand-in for GitHub. There are no passwords: choose whom you want to play. Another
        browser, or a private window, can be somebody else at the same time.
      </p>
      <form method="post" action="/login">
        <FormToken visit={visit} />
        <input type="hidden" name="return_to" value={to} />
        <div class="people">
          {people(visit).map((account) => (
            <button type="submit" name="login" value={account.login}>
              <Avatar account={account} /> <strong>{account.login}</strong>{' '}
              <span class="soft">{account.name ?? ''}</span>
            </button>
          ))}
        </div>
      </form>
    </>
  );
}

/** A new session for a person, or for nobody; the old one's form tokens end with it. */
function enter(context: PageContext, account: Account | null, to: string): Response {
  const { keep, host } = context.get('visit');
  context.header('set-cookie', keep.sessions.cookie(keep.sessions.start(account?.id ?? null), host.now()));
  return context.redirect(to, 303);
}

export function signInRoutes(app: Hono<PagesEnv>): void {
  app.get('/login', (context) => {
    const visit = context.get('visit');
    const to = localAddress(visit.url.searchParams.get('return_to') ?? '/');
    return show(context, 'Sign in', <SignIn visit={visit} to={to} />);
  });
  app.post('/login', (context) => {
    const visit = context.get('visit');
    const account = accountByLogin(visit.host.state, field(visit, 'login'));
    if (account?.kind !== 'User') return context.redirect('/login', 303);
    return enter(context, account, localAddress(field(visit, 'return_to')));
  });
  app.post('/logout', (context) => enter(context, null, '/'));
}
