/** First segments of the REST and GraphQL interface, which also answers without the `/api/v3` prefix. */
const interfaces = new Set([
  'api',
  'app',
  'applications',
  'apps',
  'graphql',
  'installation',
  'installations',
  'meta',
  'orgs',
  'organizations',
  'rate_limit',
  'repos',
  'repositories',
  'search',
  'user',
  'users',
]);
/** Of those, the addresses that are pages for a browser too. */
const shared = new Set(['', 'apps', 'orgs']);

/** Whether a request is for people: by its address, and where both answer there, by what it accepts. */
export function isPage(request: Request, url: URL): boolean {
  const [first = '', second] = url.pathname.slice(1).split('/');
  const reading = request.method === 'GET' || request.method === 'HEAD';
  // Signing in through an App, with proofs that the interface does not know.
  if (/^(?:\/api\/v3)?\/applications\/[^/]+\/token$/.test(url.pathname)) return true;
  if (first === '_local') return second === undefined || second === '' || second === 'pages';
  if (shared.has(first)) return reading && (request.headers.get('accept') ?? '').includes('text/html');
  return !interfaces.has(first);
}
