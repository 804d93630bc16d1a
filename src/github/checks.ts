import type { CheckView } from '../core/release/facts.ts';
import type { Sha } from '../core/values.ts';
import { type Caller, ownerAndName } from './connection.ts';
import { errorOfGraphql } from './forge-error-of.ts';
import { COMMIT_CHECKS } from './fragments.ts';
import { newestChecks, nodesOf } from './from-wire.ts';
import { gather, type Open, readOn } from './pages.ts';
import type { WireCommitChecks } from './wire.ts';

/** Our checks on a commit; `read` is complete once every page of `open` was read. */
export const gatherChecks = (
  commit: WireCommitChecks | undefined,
): { readonly read: () => readonly CheckView[]; readonly open: readonly Open[] } => {
  const suites = nodesOf(commit?.checkSuites).flatMap(({ id, checkRuns }) =>
    checkRuns === null ? [] : [gather('checkRuns', id, checkRuns)],
  );
  const read = (): readonly CheckView[] =>
    newestChecks(suites.flatMap((suite) => nodesOf({ nodes: suite.nodes })));
  return { read, open: suites.map(({ open }) => open) };
};

type Answer = { readonly repository: { readonly [alias: string]: WireCommitChecks } | null };

/** Our own checks on each of these commits, in their order, by one call where nothing needs a second page. */
export const checksAt = async (
  caller: Caller,
  appId: number,
  repository: string,
  commits: readonly Sha[],
): Promise<readonly (readonly CheckView[])[]> => {
  if (commits.length === 0) return [];
  const declarations = commits.map((_, index) => `$c${index}: GitObjectID!`).join(', ');
  const fields = commits.map((_, index) => `c${index}: object(oid: $c${index}) { ${COMMIT_CHECKS} }`);
  const document = `query($owner: String!, $name: String!, $app: Int!, ${declarations}) {
    repository(owner: $owner, name: $name) { ${fields.join('\n')} } }`;
  const variables = Object.fromEntries(commits.map((commit, index) => [`c${index}`, commit]));
  const asked = { ...variables, ...ownerAndName(repository), app: appId };
  const { data, errors } = await caller.graphql<Answer>(document, asked, 'read');
  if (errors.length > 0) throw errorOfGraphql(errors, {}, 0);
  const gathered = commits.map((_, index) => gatherChecks(data.repository?.[`c${index}`]));
  await readOn(
    caller,
    gathered.flatMap(({ open }) => open),
  );
  return gathered.map(({ read }) => read());
};
