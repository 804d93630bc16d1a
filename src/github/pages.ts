import { ForgeError } from '../ports/forge.ts';
import type { Caller, Variables } from './connection.ts';
import { errorOfGraphql } from './forge-error-of.ts';
import { checkRuns, collaborators, comments, deletions, members } from './fragments.ts';
import type { WirePage } from './wire.ts';

/** What can need a second page, each with the type it is part of. */
const connections = {
  comments: { type: 'Issue', field: (after: string) => comments(after) },
  deletions: { type: 'Issue', field: (after: string) => deletions(after) },
  checkRuns: { type: 'CheckSuite', field: (after: string) => checkRuns(after) },
  allMembers: { type: 'Team', field: (after: string) => members('ALL', after) },
  collaborators: { type: 'Repository', field: (after: string) => collaborators(after) },
  immediateMembers: { type: 'Team', field: (after: string) => members('IMMEDIATE', after) },
} as const;

/** A connection that was asked for its first page, and where its further entries go. */
export type Open = {
  readonly connection: keyof typeof connections;
  /** Node id of the object that has the connection. */
  readonly node: string;
  readonly page: WirePage<unknown>;
  readonly add: (nodes: readonly unknown[]) => void;
};

const entriesOf = <T>({ nodes, edges }: WirePage<T>): readonly (T | null)[] => nodes ?? edges ?? [];

/** The first page of a connection, in a list that `readOn` completes. */
export const gather = <T>(
  connection: Open['connection'],
  node: string,
  page: WirePage<T>,
): { readonly nodes: readonly (T | null)[]; readonly open: Open } => {
  const nodes: (T | null)[] = [...entriesOf(page)];
  const add = (more: readonly unknown[]): void => void nodes.push(...(more as readonly (T | null)[]));
  return { nodes, open: { connection, node, page, add } };
};

type Answer = { readonly [alias: string]: { readonly [field: string]: WirePage<unknown> } | null };

const documentFor = (open: readonly Open[]): { readonly document: string; readonly variables: Variables } => {
  const declarations = open.map((_, index) => `$id${index}: ID!, $after${index}: String!`).join(', ');
  const fields = open.map(({ connection }, index) => {
    const { type, field } = connections[connection];
    return `p${index}: node(id: $id${index}) { ... on ${type} { ${field(`$after${index}`)} } }`;
  });
  const variables = Object.fromEntries(
    open.flatMap(({ node, page }, index) => [
      [`id${index}`, node],
      [`after${index}`, page.pageInfo?.endCursor],
    ]),
  );
  return { document: `query(${declarations}) {\n${fields.join('\n')}\n}`, variables };
};

const unfinished = (open: readonly Open[]): readonly Open[] =>
  open.filter(({ page }) => page.pageInfo?.hasNextPage === true);

/**
 * Reads the further pages of all connections, one call a round however many there are. Every entry is read: an answer
 * that is cut at the first page would count some votes and not others.
 */
export const readOn = async (caller: Caller, open: readonly Open[]): Promise<void> => {
  let rest = unfinished(open);
  while (rest.length > 0) {
    const { document, variables } = documentFor(rest);
    const { data, errors } = await caller.graphql<Answer>(document, variables, 'read');
    if (errors.length > 0) throw errorOfGraphql(errors, {}, 0);
    rest = unfinished(
      rest.map((one, index) => {
        const page = Object.values(data[`p${index}`] ?? {})[0];
        if (page === undefined) throw new ForgeError('unavailable', 'Something went while it was read.');
        one.add(entriesOf(page));
        return { ...one, page };
      }),
    );
  }
};
