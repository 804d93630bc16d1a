import type { Answer, Call } from './call.ts';

export type Page = { readonly page: number; readonly perPage: number };

/** The page asked for: 30 rows unless told, at most 100. */
export function pageOf(call: Call): Page {
  const number = (name: string, fallback: number) => {
    const value = Number.parseInt(call.query.get(name) ?? '', 10);
    return Number.isFinite(value) && value > 0 ? value : fallback;
  };
  return { page: number('page', 1), perPage: Math.min(100, number('per_page', 30)) };
}

/**
 * Answers one page of rows with GitHub's `Link` header. `wrap` puts the rows into an object, for the lists
 * that carry a total.
 */
export function listed<T>(
  call: Call,
  rows: readonly T[],
  show: (row: T) => unknown,
  wrap: (shown: unknown[]) => unknown = (shown) => shown,
): Answer {
  const { page, perPage } = pageOf(call);
  const last = Math.max(1, Math.ceil(rows.length / perPage));
  const shown = rows.slice((page - 1) * perPage, page * perPage).map(show);
  return { status: 200, body: wrap(shown), headers: linkHeader(call, page, last) };
}

/** `next` and `last` before the end, `first` and `prev` after the start. */
export function linkHeader(call: Call, page: number, last: number): Record<string, string> {
  const targets: [string, number][] = [];
  if (page > 1) targets.push(['prev', Math.min(page - 1, last)]);
  if (page < last) targets.push(['next', page + 1], ['last', last]);
  if (page > 1) targets.push(['first', 1]);
  if (targets.length === 0) return {};
  const links = targets.map(([relation, number]) => {
    const url = new URL(call.url);
    url.searchParams.set('page', String(number));
    return `<${url.href}>; rel="${relation}"`;
  });
  return { link: links.join(', ') };
}
