import type { Child } from 'hono/jsx';
import { issuesOf } from '../state/lookup.ts';
import type { Place } from './visit.ts';

type Tab = 'code' | 'issues' | 'pulls' | 'environments';
type FrameProps = { readonly place: Place; readonly tab: Tab; readonly children: Child };

/** What every page of a repository has above it. */
export function RepositoryFrame({ place, tab, children }: FrameProps) {
  const { visit, repository, path } = place;
  const open = issuesOf(visit.host.state, repository).filter((issue) => issue.state === 'open');
  const pulls = open.filter((issue) => issue.pull !== null).length;
  const [, owner = '', name = ''] = path.split('/');
  const link = (to: Tab, address: string, text: string, count?: number) => (
    <a href={`${path}${address}`} {...(to === tab ? { 'aria-current': 'page' as const } : {})}>
      {text} {count === undefined ? null : <span class="count">{count}</span>}
    </a>
  );
  return (
    <>
      <p class="trail">
        <a href={`/${owner}`}>{owner}</a> <span class="soft">/</span>{' '}
        <a href={path}>
          <strong>{name}</strong>
        </a>{' '}
        <span class="badge soft">{repository.isPrivate ? 'Private' : 'Public'}</span>
      </p>
      <nav class="tabs" aria-label="Repository">
        {link('code', '', 'Code')}
        {link('issues', '/issues', 'Issues', open.length - pulls)}
        {link('pulls', '/pulls', 'Pull requests', pulls)}
        {link('environments', '/environments', 'Environments')}
      </nav>
      {children}
    </>
  );
}
