import { createHash } from 'node:crypto';
import type { Child } from 'hono/jsx';
import type { Account } from '../state/types.ts';
import type { PageContext, Visit } from './visit.ts';

/** A letter in a colour of its own stands for a picture. */
export const Avatar = ({ account }: { readonly account: Account }) => (
  <span class={`avatar a${account.id % 8}`} aria-hidden="true">
    {account.login.charAt(0).toUpperCase()}
  </span>
);

/** The bot of an App is called as the App is. */
const plainLogin = (account: Account): string => account.login.replace(/\[bot\]$/, '');

/** `1 file`, `2 files`. */
export const counted = (count: number, word: string, more = `${word}s`): string =>
  `${count} ${count === 1 ? word : more}`;

export const Who = ({ account }: { readonly account: Account }) => (
  <span>
    <Avatar account={account} /> <a href={`/${plainLogin(account)}`}>{plainLogin(account)}</a>{' '}
    {account.kind === 'Bot' ? <span class="badge soft small">bot</span> : null}
  </span>
);

export const When = ({ at }: { readonly at: string }) => (
  <time datetime={at} class="soft small">
    {at.slice(0, 16).replace('T', ' ')} UTC
  </time>
);

/** The hidden field that every form carries, against forms of other sites. */
export const FormToken = ({ visit }: { readonly visit: Visit }) => (
  <input type="hidden" name="form_token" value={visit.formToken} />
);

type ButtonProps = {
  readonly visit: Visit;
  readonly action: string;
  readonly children: Child;
  readonly style?: string;
  readonly fields?: Readonly<Record<string, string>>;
};

/** A form that is one button. */
export const ActButton = ({ visit, action, children, style = '', fields = {} }: ButtonProps) => (
  <form method="post" action={action} class="plain">
    <FormToken visit={visit} />
    {Object.entries(fields).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
    <button type="submit" class={style}>
      {children}
    </button>
  </form>
);

function Top({ visit }: { readonly visit: Visit }) {
  const here = `${visit.url.pathname}${visit.url.search}`;
  return (
    <div class="top">
      <nav class="wide" aria-label="Site">
        <a class="brand" href="/">
          Local GitHub
        </a>
        <a href="/">Repositories</a>
        <a href="/_local">This host</a>
        <span class="who">
          {visit.account === null ? (
            <a class="button" href={`/login?return_to=${encodeURIComponent(here)}`}>
              Sign in
            </a>
          ) : (
            <>
              <Who account={visit.account} />
              <ActButton visit={visit} action="/logout">
                Sign out
              </ActButton>
            </>
          )}
        </span>
      </nav>
    </div>
  );
}

type LayoutProps = { readonly visit: Visit; readonly title: string; readonly children: Child };

const Layout = ({ visit, title, children }: LayoutProps) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{`${title} · Local GitHub`}</title>
      <link rel="stylesheet" href="/_local/pages/style.css" />
      <link rel="icon" href="data:," />
      <script src="/_local/pages/live.js" defer></script>
    </head>
    <body>
      <Top visit={visit} />
      <main class="wide">
        {visit.note === null ? null : (
          <p class={`note ${visit.note.kind}`} role="status">
            {visit.note.text}
          </p>
        )}
        {children}
      </main>
      <footer class="wide end">
        A stand-in for GitHub on this machine. Nothing here reaches github.com.
      </footer>
    </body>
  </html>
);

const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' https: data:; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/**
 * Answers with a page; 304 where the browser already shows it. `formTargets` are origins that a form may lead to by
 * redirect: browsers hold redirects after a form to the same rule as the form.
 */
export function show(
  context: PageContext,
  title: string,
  content: Child,
  options: { readonly status?: 200 | 400 | 403 | 404 | 413; readonly formTargets?: readonly string[] } = {},
): Response {
  const visit = context.get('visit');
  const page = String(
    <Layout visit={visit} title={title}>
      {content}
    </Layout>,
  );
  const tag = `"${createHash('sha256').update(page).digest('base64url')}"`;
  context.header('etag', tag);
  context.header('cache-control', 'private, no-cache');
  context.header('content-security-policy', [policy, ...(options.formTargets ?? [])].join(' '));
  context.header('referrer-policy', 'same-origin');
  context.header('x-content-type-options', 'nosniff');
  if (context.req.header('if-none-match') === tag) return context.body(null, 304);
  return context.html(`<!doctype html>${page}`, options.status ?? 200);
}
