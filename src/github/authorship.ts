import type { Person, Sha } from '../core/values.ts';
import type { Authorship } from '../ports/forge.ts';
import { type Caller, type Connection, ownerAndName } from './connection.ts';
import { errorOfGraphql } from './forge-error-of.ts';
import { given, nodesOf, writerOf } from './from-wire.ts';
import type { WireActor, WirePage, WireUser } from './wire.ts';

type WirePull = {
  readonly number: number;
  readonly author: WireActor | null;
  readonly mergedBy: WireActor | null;
};

type Answer = {
  readonly repository: {
    readonly object: {
      readonly author?: { readonly user: WireUser | null } | null;
      readonly committer?: { readonly user: WireUser | null } | null;
      readonly associatedPullRequests?: WirePage<WirePull> | null;
    } | null;
  } | null;
};

const ACTOR = '__typename login ... on User { databaseId }';

const document = `query($owner: String!, $name: String!, $commit: GitObjectID!) {
  repository(owner: $owner, name: $name) { object(oid: $commit) { ... on Commit {
    author { user { databaseId login } } committer { user { databaseId login } }
    associatedPullRequests(first: 100) { nodes { number author { ${ACTOR} } mergedBy { ${ACTOR} } } } } } } }`;

const personIn = (actor: WireActor | null): Person | undefined => {
  const writer = writerOf(actor);
  return writer.kind === 'person' ? writer.person : undefined;
};

// The account that GitHub commits with when somebody uses its web pages; it stands for nobody.
const webCommitter = 'web-flow';

const claimsOf = (users: readonly (WireUser | null | undefined)[]): readonly Person[] => {
  const claimed = new Map<number, Person>();
  for (const user of users) {
    if (user?.databaseId == null || user.login === webCommitter || user.login.endsWith('[bot]')) continue;
    claimed.set(user.databaseId, { id: user.databaseId, login: user.login });
  }
  return [...claimed.values()];
};

type WireActivity = {
  readonly after: string;
  readonly actor: { readonly id: number; readonly login: string; readonly type?: string } | null;
};

/** Pushes and merges of the newest hundred, newest first. */
const readPushes = async (
  caller: Caller,
  repository: string,
  branch: string,
): Promise<Authorship['pushes']> => {
  const { owner, name } = ownerAndName(repository);
  const parameters = { owner, repo: name, ref: `refs/heads/${branch}`, per_page: 100 };
  const { data } = await caller.rest<readonly WireActivity[]>(
    'GET /repos/{owner}/{repo}/activity',
    parameters,
    'read',
  );
  return data.flatMap(({ after, actor }) =>
    actor === null || (actor.type ?? 'User') !== 'User'
      ? []
      : [{ after, by: { id: actor.id, login: actor.login } }],
  );
};

/**
 * Who had a hand in a commit (T16): who opened and merged its pull requests and who pushed are proven by GitHub; the
 * accounts of its e-mails are a claim that anyone can make.
 */
export const readAuthorship = async (
  connection: Connection,
  repository: string,
  commit: Sha,
  branch: string,
): Promise<Authorship> => {
  const caller = await connection.on(repository);
  const variables = { ...ownerAndName(repository), commit };
  const { data, errors } = await caller.graphql<Answer>(document, variables, 'read');
  if (errors.length > 0) throw errorOfGraphql(errors, {}, 0);
  const object = given(data.repository?.object, `the commit ${commit}`);
  const pulls = nodesOf(object.associatedPullRequests).map(({ number, author, mergedBy }) => {
    const opener = personIn(author);
    const merger = personIn(mergedBy);
    return {
      number,
      ...(opener === undefined ? {} : { openedBy: opener }),
      ...(merger === undefined ? {} : { mergedBy: merger }),
    };
  });
  return {
    pulls,
    claimed: claimsOf([object.author?.user, object.committer?.user]),
    pushes: await readPushes(caller, repository, branch),
  };
};
