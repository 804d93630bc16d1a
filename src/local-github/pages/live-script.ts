/**
 * The only script of the pages, and they work without it: every two seconds a visible page is asked for again, and its
 * parts marked `data-live` are replaced where they changed. Forms stand outside of those parts.
 */
export const liveScript = `'use strict';
let tag = null;
const refresh = async () => {
  if (document.hidden) return;
  const headers = tag === null ? { 'x-live': '1' } : { 'x-live': '1', 'if-none-match': tag };
  const response = await fetch(location.href, { headers, cache: 'no-store' });
  if (response.status !== 200 || response.redirected) return;
  tag = response.headers.get('etag');
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const part of document.querySelectorAll('[data-live]')) {
    const next = fresh.getElementById(part.id);
    const busy = part.contains(document.activeElement) && document.activeElement !== document.body;
    if (next !== null && !busy && next.innerHTML !== part.innerHTML) part.innerHTML = next.innerHTML;
  }
};
if (document.querySelector('[data-live]') !== null) setInterval(() => refresh().catch(() => undefined), 2000);
`;
