import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getNamedType,
  isAbstractType,
  isLeafType,
  isObjectType,
} from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bindSchema } from '../../../src/local-github/api/graphql/schema.ts';
import { types } from '../../../src/local-github/api/graphql/types.ts';
import { at, startWorld, text, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.end());

const schema = bindSchema(types);

// Parts of what they belong to: they do not count as a level.
const free = /^PageInfo$|^ReactionGroup$|^CheckAnnotation/;

/** Every field of a type that needs no argument but a page size, down to `depth` levels. */
function everything(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (isAbstractType(named)) {
    const parts = schema
      .getPossibleTypes(named)
      .map((each) => `... on ${each.name} { ${selection(each, depth)} }`);
    return `{ __typename ${parts.join(' ')} }`;
  }
  return isObjectType(named) ? `{ __typename ${selection(named, depth)} }` : '';
}

/** Fields get aliases of their own: one name can have different types within a union. */
function selection(type: GraphQLObjectType, depth: number): string {
  const offered = Object.values(type.getFields()).filter(
    (field) =>
      field.args.every((each) => !String(each.type).endsWith('!')) &&
      (depth > 0 || isLeafType(getNamedType(field.type)) || free.test(getNamedType(field.type).name)),
  );
  return offered
    .map((field) => {
      const cost = free.test(getNamedType(field.type).name) ? 0 : 1;
      const paged = field.args.some((each) => each.name === 'first') ? '(first: 3)' : '';
      return `${type.name}_${field.name}: ${field.name}${paged} ${everything(field.type, depth - cost)}`;
    })
    .join(' ');
}

function typeNamed(name: string): GraphQLObjectType {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`The schema has no object type ${name}.`);
  return type;
}

/** What the ids of the populated world name, and how deep to look. */
const nodeTypes = { PullRequest: 2, CheckRun: 4, Issue: 3, IssueComment: 2, PullRequestReview: 2 };

/** The names of fields that had a value anywhere in an answer, as `Type.field`. */
function valued(value: unknown, found: Set<string>): Set<string> {
  if (typeof value !== 'object' || value === null) return found;
  for (const [key, inner] of Object.entries(value)) {
    if (inner !== null && key.includes('_')) found.add(key.replace('_', '.'));
    valued(inner, found);
  }
  return found;
}

async function populate(): Promise<readonly string[]> {
  const rest = async (who: string, method: string, path: string, body?: unknown) => {
    const answer = await world.rest(who, method, `/repos/acme/payments${path}`, body);
    expect(answer.status, `${method} ${path} ${JSON.stringify(answer.body)}`).toBeLessThan(300);
    return answer.body;
  };
  await rest('gate', 'POST', '/issues', { title: 'By an App' });
  const head = text(await rest('mona', 'GET', '/git/ref/heads/main'), 'object.sha');
  await rest('mona', 'POST', '/git/refs', { ref: 'refs/heads/feature', sha: head });
  await rest('mona', 'PUT', '/contents/new.txt', { message: 'New', content: 'aGk=', branch: 'feature' });
  const pull = await rest('ada', 'POST', '/pulls', { title: 'P', body: 'b', head: 'feature', base: 'main' });
  const number = at(pull, 'number');
  const review = await rest('mona', 'POST', `/pulls/${number}/reviews`, { event: 'APPROVE', body: 'fine' });
  const onPull = await rest('ada', 'POST', `/issues/${number}/comments`, { body: 'on the pull request' });
  await rest('mona', 'PATCH', `/issues/${number}`, { labels: ['risk'], body: 'edited' });
  await rest('mona', 'PUT', `/pulls/${number}/merge`, {});
  const merged = text(await rest('mona', 'GET', '/git/ref/heads/main'), 'object.sha');
  const run = await rest('gate', 'POST', '/check-runs', {
    name: 'gate/all',
    head_sha: merged,
    conclusion: 'failure',
    external_id: 'x',
    output: {
      title: 't',
      summary: 's',
      text: 'x',
      annotations: [
        {
          path: 'a',
          start_line: 1,
          end_line: 1,
          start_column: 1,
          end_column: 2,
          annotation_level: 'warning',
          message: 'm',
          title: 't',
          raw_details: 'r',
        },
      ],
    },
  });
  const parent = await rest('ada', 'POST', '/issues', { title: 'Parent', body: 'b' });
  const child = await rest('ada', 'POST', '/issues', { title: 'Child', body: 'b' });
  const path = `/issues/${at(child, 'number')}`;
  await rest('ada', 'POST', `/issues/${at(parent, 'number')}/sub_issues`, { sub_issue_id: at(child, 'id') });
  await rest('mona', 'PATCH', path, { body: 'edited', labels: ['risk'], assignees: ['ada'] });
  await rest('mona', 'PATCH', path, { state: 'closed' });
  const comment = await rest('grace', 'POST', `${path}/comments`, { body: 'edit me' });
  await rest('mona', 'PATCH', `/issues/comments/${at(comment, 'id')}`, { body: 'edited' });
  await rest('grace', 'POST', `/issues/comments/${at(comment, 'id')}/reactions`, { content: 'eyes' });
  const gone = await rest('grace', 'POST', `${path}/comments`, { body: 'delete me' });
  await rest('mona', 'DELETE', `/issues/comments/${at(gone, 'id')}`);
  return [pull, run, parent, child, comment, review, onPull].map((each) => text(each, 'node_id'));
}

// This host never sets these, or not for an App, which is who asks here; queues and workflows are read where they are tested.
const withoutValue = [
  'CheckSuite.workflowRun',
  'IssueComment.minimizedReason',
  'Label.description',
  'MergeQueueEntry.enqueuedAt',
  'MergeQueueEntry.id',
  'MergeQueueEntry.position',
  'MergeQueueEntry.pullRequest',
  'MergeQueueEntry.state',
  'Organization.name',
  'PullRequestReview.editor',
  'PullRequestReview.lastEditedAt',
  'PullRequestReview.minimizedReason',
  'Repository.viewerPermission',
  'WorkflowRun.databaseId',
  'WorkflowRun.event',
  'WorkflowRun.file',
  'WorkflowRun.id',
  'WorkflowRun.url',
  'WorkflowRunFile.id',
  'WorkflowRunFile.path',
  'WorkflowRunFile.repositoryName',
];

/** Fields that need an argument, and what only mutations return, are read by the other tests. */
const readElsewhere = (type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): boolean =>
  type.name === 'Reaction' || field.args.some((each) => String(each.type).endsWith('!'));

it('answers every field it offers', async () => {
  const ids = await populate();
  const nodeSelections = Object.entries(nodeTypes).map(
    ([name, depth]) => `... on ${name} { ${selection(typeNamed(name), depth)} }`,
  );
  const document = `query($ids: [ID!]!) {
    viewer { ${selection(typeNamed('User'), 0)} }
    rateLimit { ${selection(typeNamed('RateLimit'), 0)} }
    repository(owner: "acme", name: "payments") {
      ${selection(typeNamed('Repository'), 3)}
      file: object(expression: "main:README.md") { ... on Blob { ${selection(typeNamed('Blob'), 1)} } }
      main: ref(qualifiedName: "main") { ${selection(typeNamed('Ref'), 4)} }
    }
    organization(login: "acme") { ${selection(typeNamed('Organization'), 2)} team(slug: "qa") { ${selection(typeNamed('Team'), 3)} } }
    nodes(ids: $ids) { ${nodeSelections.join(' ')} }
  }`;
  const answer = await world.ask('gate', document, { ids });
  expect(at(answer, 'errors')).toBeUndefined();
  const found = valued(answer, new Set());
  const offered = Object.values(schema.getTypeMap())
    .filter(
      (type): type is GraphQLObjectType =>
        isObjectType(type) && !/^__|^(?:Query|Mutation)$|Payload$/.test(type.name),
    )
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => !readElsewhere(type, field))
        .map((field) => `${type.name}.${field.name}`),
    );
  expect(offered.filter((name) => !found.has(name)).sort()).toEqual(withoutValue);
});
