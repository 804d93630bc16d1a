import type { GitCommit, GitRepository } from '../git/git-repository.ts';
import { resolveCommit } from '../git/resolve.ts';
import type { PageContext } from './visit.ts';

/** A branch, tag or commit of an address, and the path behind it. */
export type Revision = { readonly name: string; readonly commit: GitCommit; readonly path: string };

export const encodePath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** What stands behind `/owner/repo/word/` in the address, decoded. */
export function restOf(context: PageContext): string {
  const parts = new URL(context.req.url).pathname.split('/').slice(4);
  try {
    return parts.map(decodeURIComponent).join('/').replace(/\/+$/, '');
  } catch {
    return '';
  }
}

/** Names may hold slashes: the longest branch or tag the address begins with is meant, else a commit. */
export async function readRevision(git: GitRepository, rest: string): Promise<Revision | null> {
  const refs = await git.refs();
  const names = refs.flatMap(({ ref }) => /^refs\/(?:heads|tags)\/(.+)$/s.exec(ref)?.[1] ?? []);
  const fits = names.filter((name) => rest === name || rest.startsWith(`${name}/`));
  const longest = fits.sort((a, b) => b.length - a.length)[0];
  const name = longest ?? rest.split('/')[0] ?? '';
  const commit = await resolveCommit(git, name);
  return commit === null ? null : { name, commit, path: rest.slice(name.length + 1) };
}

/** Which page of a list the address asks for, from 1. */
export const pageNumber = (url: URL): number =>
  Math.max(1, Math.trunc(Number(url.searchParams.get('page'))) || 1);

export type RefNames = { readonly branches: readonly string[]; readonly tags: readonly string[] };

export async function refNames(git: GitRepository): Promise<RefNames> {
  const refs = (await git.refs()).map(({ ref }) => ref);
  const below = (prefix: string) =>
    refs.filter((ref) => ref.startsWith(prefix)).map((ref) => ref.slice(prefix.length));
  return { branches: below('refs/heads/'), tags: below('refs/tags/') };
}
