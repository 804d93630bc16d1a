import type { CheckRun, WorkflowOrigin } from '../core/checks/check-run.ts';
import type { Sha } from '../core/values.ts';
import { type Connection, ownerAndName } from './connection.ts';
import { errorOfGraphql, type GraphqlError } from './forge-error-of.ts';
import { given, nodesOf } from './from-wire.ts';
import type { WirePage } from './wire.ts';

type WireRun = {
  readonly databaseId: number | null;
  readonly name: string;
  readonly conclusion: string | null;
  readonly startedAt: string | null;
  readonly completedAt: string | null;
  readonly permalink: string;
};

type WireWorkflowRun = {
  readonly databaseId: number | null;
  readonly event: string;
  readonly file: { readonly path: string; readonly repositoryName: string } | null;
};

type WireSuite = {
  readonly app: { readonly slug: string } | null;
  readonly workflowRun: WireWorkflowRun | null;
  readonly checkRuns: WirePage<WireRun> | null;
};

/** Suites by alias; none where the object is no commit, or is not there. */
type Answer = {
  readonly repository: { readonly target: { readonly [alias: string]: WirePage<WireSuite> } | null } | null;
};

/** A commit has few suites with a check of one name: one for each run of a workflow, and one for each other App. */
const mostSuites = 50;

const suitesNamed = (variable: string): string => `
  checkSuites(last: ${mostSuites}, filterBy: {checkName: $${variable}}) { nodes {
    app { slug }
    workflowRun { databaseId event file { path repositoryName } }
    checkRuns(last: 10, filterBy: {checkName: $${variable}, checkType: LATEST}) {
      nodes { databaseId name conclusion startedAt completedAt permalink } } } }`;

/**
 * The newest runs of some checks on a commit, whoever made them: one call. Where the App may not read Actions, no workflow
 * is known of any of them.
 */
export async function readCheckRuns(
  connection: Connection,
  repository: string,
  commit: Sha,
  names: readonly string[],
): Promise<readonly CheckRun[]> {
  const caller = await connection.on(repository);
  const declarations = names.map((_, index) => `$n${index}: String!`).join(', ');
  const fields = names.map((_, index) => `s${index}: ${suitesNamed(`n${index}`)}`).join('\n');
  const document = `query($owner: String!, $name: String!, $commit: GitObjectID!, ${declarations}) {
    repository(owner: $owner, name: $name) { target: object(oid: $commit) { ... on Commit { ${fields} } } } }`;
  const variables = {
    ...Object.fromEntries(names.map((name, index) => [`n${index}`, name])),
    ...ownerAndName(repository),
    commit,
  };
  const { data, errors } = await caller.graphql<Answer>(document, variables, 'read');
  const fatal = errors.filter((error) => !isUntold(error));
  if (fatal.length > 0) throw errorOfGraphql(fatal, {}, 0);
  const { target } = given(data.repository, `the repository ${repository}`);
  return names.flatMap((_, index) =>
    nodesOf(target?.[`s${index}`]).flatMap((suite) => runsOf(suite, repository)),
  );
}

const isUntold = ({ type, path = [] }: GraphqlError): boolean =>
  type === 'FORBIDDEN' && path.includes('workflowRun');

const runsOf = ({ app, workflowRun, checkRuns }: WireSuite, repository: string): readonly CheckRun[] => {
  const origin = originOf(workflowRun, repository);
  return nodesOf(checkRuns).map(
    (run): CheckRun => ({
      id: given(run.databaseId, 'the id of a check run'),
      name: run.name,
      app: app?.slug ?? '',
      ...(origin === undefined ? {} : { workflow: origin }),
      url: run.permalink,
      ...(run.startedAt === null ? {} : { startedAt: run.startedAt }),
      ...(run.conclusion === null || run.completedAt === null
        ? {}
        : { ended: { conclusion: run.conclusion.toLowerCase(), at: run.completedAt } }),
    }),
  );
};

/** A workflow of another repository may have a path of the same name. */
const originOf = (run: WireWorkflowRun | null, repository: string): WorkflowOrigin | undefined => {
  if (!run?.file || run.databaseId === null) return undefined;
  const { path, repositoryName } = run.file;
  // It is declared as an address and said to be a name.
  const isHere = `/${repositoryName}`.toLowerCase().endsWith(`/${repository}`.toLowerCase());
  return isHere ? { path, event: run.event, run: run.databaseId } : undefined;
};
