import type { RestDescription } from '../../src/local-github/fidelity/descriptions.ts';
import { type MatchedOperation, openMatcher } from '../../src/local-github/fidelity/match-operation.ts';
import type { Asked } from './ask.ts';
import { type Verdict, verdictOn } from './described.ts';
import { type Difference, differencesOf, shapeOf } from './shape.ts';

export type StatusDifference = { readonly request: string; readonly local: string; readonly emulate: string };

/** A difference of one key; `where` names the kind of object that has it, however many answers show it. */
export type KeyDifference = {
  readonly where: string;
  readonly key: string;
  readonly local: string;
  readonly emulate: string;
  readonly right: Verdict;
};

export type Comparison = {
  readonly statuses: readonly StatusDifference[];
  readonly keys: readonly KeyDifference[];
};

/** Compares the answers of both hosts to the same requests. Where statuses differ, bodies differ with them. */
export const compare = (
  description: RestDescription,
  local: readonly Asked[],
  emulate: readonly Asked[],
): Comparison => {
  const match = openMatcher(description.operations);
  const statuses: StatusDifference[] = [];
  const keys = new Map<string, KeyDifference>();
  for (const [index, ours] of local.entries()) {
    const theirs = emulate[index];
    if (theirs === undefined) throw new Error(`${ours.request.name} was sent to one host only`);
    for (const difference of headerDifferences(ours.headers, theirs.headers))
      keys.set(JSON.stringify(difference), difference);
    const [a, b] = [ours.exchange, theirs.exchange];
    if (a.status !== b.status) {
      statuses.push({ request: ours.request.name, local: String(a.status), emulate: String(b.status) });
      continue;
    }
    const matched = match(a.method, a.path);
    for (const each of differencesOf(shapeOf(a.answered), shapeOf(b.answered))) {
      const right = matched === null ? 'undescribed' : verdictOn(description, matched, a.status, each);
      const difference = keyDifference(each, whereOf(each.place, a.status, matched), right);
      keys.set(JSON.stringify(difference), difference);
    }
  }
  return { statuses, keys: [...keys.values()] };
};

const keyDifference = (
  { place, local, emulate }: Difference,
  where: string,
  right: Verdict,
): KeyDifference => {
  const last = place.split('/').at(-1) ?? '';
  const key = last === '' ? 'all of it' : last === '*' ? 'entries' : last;
  return { where, key, local, emulate, right };
};

/** Kinds of objects that several operations answer with. */
const kinds: readonly { readonly operation: RegExp; readonly kind: string }[] = [
  { operation: /\/access_tokens$/, kind: 'token' },
  { operation: /\/installations?(\/\{installation_id\})?$/, kind: 'installation' },
  { operation: /\/check-runs(\/\{check_run_id\})?$/, kind: 'check run' },
  { operation: /^GET .*\/pulls$/, kind: 'pull request in a list' },
  { operation: /\/pulls(\/\{pull_number\})?$/, kind: 'pull request' },
  { operation: /\/reviews/, kind: 'review' },
  { operation: /\/issues(\/\{issue_number\})?$/, kind: 'issue' },
  { operation: /\/comments(\/\{comment_id\})?$/, kind: 'issue comment' },
  { operation: /^GET \/repos\/\{owner\}\/\{repo\}$/, kind: 'repository' },
  { operation: /^GET \/users?(\/\{username\})?$/, kind: 'person' },
];

/** Lists within an answer, by the kind of their entries. */
const lists: Readonly<Record<string, string>> = { check_runs: 'check run', check_suites: 'check suite' };

const whereOf = (place: string, status: number, matched: MatchedOperation | null): string => {
  const holders = place
    .split('/')
    .slice(1, -1)
    .filter((key) => key !== '*');
  const holder = holders.at(-1);
  if (holder !== undefined) return lists[holder] ?? `\`${holder}\``;
  if (status >= 400) return 'refusal';
  const name = matched?.name ?? 'undescribed operation';
  return kinds.find(({ operation }) => operation.test(name))?.kind ?? `\`${name}\``;
};

/** Headers of the transport say nothing about GitHub. */
const ofGitHub = /^(x-.*|etag|link|location|cache-control|www-authenticate)$/;

const headerDifferences = (local: Headers, emulate: Headers): readonly KeyDifference[] => {
  const names = new Set([...local.keys(), ...emulate.keys()].filter((name) => ofGitHub.test(name)));
  const shown = (headers: Headers, name: string) => (headers.has(name) ? 'present' : 'absent');
  return [...names].flatMap((key) => {
    const [ours, theirs] = [shown(local, key), shown(emulate, key)];
    // Tags are on answers to reads that succeed, links on lists of several pages: one place of difference each.
    if (ours === theirs) return [];
    return [{ where: 'headers', key, local: ours, emulate: theirs, right: 'undescribed' as const }];
  });
};
