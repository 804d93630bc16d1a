import { z } from 'zod';
import { renderAccountId } from '../render/account.ts';
import { renderIssue, renderLabel, renderLabels } from '../render/issue.ts';
import { repositoryApi } from '../render/urls.ts';
import {
  addSubIssue,
  createIssue,
  filterIssues,
  lockIssue,
  subIssuesOf,
  updateIssue,
} from '../state/issues.ts';
import { accountByLogin } from '../state/lookup.ts';
import { nodeId } from '../state/node-ids.ts';
import { needs } from '../state/permissions.ts';
import type { Issue } from '../state/types.ts';
import { answer, type Call, created, given, missing, noContent, ok, readBody, refuse } from './call.ts';
import { inRepository, onIssue } from './in-repository.ts';
import { listed } from './paginate.ts';
import { route } from './route.ts';

const labelNames = z.array(
  z.union([z.string(), z.object({ name: z.string() }).transform((label) => label.name)]),
);
const createBody = z.object({
  title: z.string(),
  body: z.string().nullish(),
  labels: labelNames.optional(),
  assignees: z.array(z.string()).optional(),
});

const idsOf = (call: Call, logins: readonly string[] | undefined) =>
  logins?.flatMap((login) => accountByLogin(call.host.state, login)?.id ?? []);

const create = inRepository(needs.writeIssues, (call) => {
  const body = readBody(call, createBody);
  if (!body.ok) return refuse(body.fault);
  const { title: name, body: text, labels, assignees } = body.value;
  const input = {
    title: name,
    body: text ?? null,
    ...given({ labels, assigneeIds: idsOf(call, assignees) }),
  };
  const outcome = createIssue(call.host, call.viewer, call.repository, input);
  return answer(outcome, (issue) => created(renderIssue(call.host, issue)));
});

const list = inRepository(needs.readIssues, (call) => {
  const { query, host } = call;
  const state = query.get('state') ?? 'open';
  const someone = (name: string) => {
    const login = query.get(name);
    return login === null || login === '*' ? undefined : (accountByLogin(host.state, login)?.id ?? 0);
  };
  const labels = query.get('labels')?.split(',').filter(Boolean);
  const since = query.get('since')?.replace(/\.\d+Z$/, 'Z');
  const rows = filterIssues(host, call.repository, {
    state: state === 'all' || state === 'closed' ? state : 'open',
    pulls: 'with',
    ...given({ creatorId: someone('creator'), assigneeId: someone('assignee'), labels, since }),
  });
  const key = (issue: Issue) => (query.get('sort') === 'updated' ? issue.updatedAt : issue.createdAt);
  rows.sort((a, b) => key(a).localeCompare(key(b)) || a.id - b.id);
  if (query.get('direction') !== 'asc') rows.reverse();
  return listed(call, rows, (issue) => renderIssue(host, issue));
});

const patchBody = z.object({
  title: z.string().optional(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']).optional(),
  state_reason: z.enum(['completed', 'not_planned', 'duplicate', 'reopened']).nullish(),
  labels: labelNames.optional(),
  assignees: z.array(z.string()).optional(),
});

const update = onIssue((call) => {
  const body = readBody(call, patchBody);
  if (!body.ok) return refuse(body.fault);
  const { state_reason: stateReason, assignees, ...rest } = body.value;
  const patch = given({ ...rest, stateReason, assigneeIds: idsOf(call, assignees) });
  const outcome = updateIssue(call.host, call.viewer, call.repository, call.issue, patch);
  return answer(outcome, (issue) => ok(renderIssue(call.host, issue)));
});

const addBody = z.object({ sub_issue_id: z.number(), replace_parent: z.boolean().optional() });

const addSub = onIssue((call) => {
  const body = readBody(call, addBody);
  if (!body.ok) return refuse(body.fault);
  const child = call.host.state.issues.get(body.value.sub_issue_id);
  const ownerOf = (issue: Issue) => call.host.state.repositories.get(issue.repositoryId)?.ownerId;
  if (child === undefined || ownerOf(child) !== call.repository.ownerId || child.pull)
    return refuse({ kind: 'not-found', message: 'The provided sub-issue does not exist' });
  const replace = body.value.replace_parent ?? false;
  const outcome = addSubIssue(call.host, call.viewer, call.repository, call.issue, child, replace);
  return answer(outcome, (issue) => created(renderIssue(call.host, issue)));
});

const listSubs = onIssue((call) =>
  listed(call, subIssuesOf(call.host, call.issue), (issue) => renderIssue(call.host, issue)),
);

const timeline = onIssue((call) => {
  const rows = [...call.host.state.events.values()].filter((event) => event.issueId === call.issue.id);
  return listed(call, rows, (event) => ({
    id: event.id,
    node_id: nodeId('event', event.id),
    url: `${repositoryApi(call.host, call.repository)}/issues/events/${event.id}`,
    event: event.kind,
    actor: renderAccountId(call.host, event.actorId),
    commit_id: null,
    commit_url: null,
    created_at: event.createdAt,
    performed_via_github_app: null,
  }));
});

const addLabels = onIssue((call) => {
  const body = readBody(
    call,
    z.union([labelNames, z.object({ labels: labelNames }).transform((value) => value.labels)]),
  );
  if (!body.ok) return refuse(body.fault);
  const labels = [...call.issue.labels, ...body.value];
  const outcome = updateIssue(call.host, call.viewer, call.repository, call.issue, { labels });
  return answer(outcome, (issue) => ok(renderLabels(call.host, call.repository, issue.labels)));
});

const lock = (locked: boolean) =>
  onIssue((call) =>
    answer(lockIssue(call.host, call.viewer, call.repository, call.issue, locked), () => noContent),
  );

export const issueRoutes = [
  route('PUT /repos/{owner}/{repo}/issues/{number}/lock', lock(true)),
  route('DELETE /repos/{owner}/{repo}/issues/{number}/lock', lock(false)),
  route('GET /repos/{owner}/{repo}/issues', list),
  route('POST /repos/{owner}/{repo}/issues', create),
  route(
    'GET /repos/{owner}/{repo}/issues/{number}',
    onIssue((call) => ok(renderIssue(call.host, call.issue))),
  ),
  route('PATCH /repos/{owner}/{repo}/issues/{number}', update),
  route('GET /repos/{owner}/{repo}/issues/{number}/sub_issues', listSubs),
  route('POST /repos/{owner}/{repo}/issues/{number}/sub_issues', addSub),
  route(
    'GET /repos/{owner}/{repo}/issues/{number}/parent',
    onIssue((call) => {
      const parent =
        call.issue.parentId === null ? undefined : call.host.state.issues.get(call.issue.parentId);
      return parent === undefined ? missing : ok(renderIssue(call.host, parent));
    }),
  ),
  route('GET /repos/{owner}/{repo}/issues/{number}/timeline', timeline),
  route(
    'GET /repos/{owner}/{repo}/issues/{number}/labels',
    onIssue((call) =>
      listed(call, renderLabels(call.host, call.repository, call.issue.labels), (row) => row),
    ),
  ),
  route('POST /repos/{owner}/{repo}/issues/{number}/labels', addLabels),
  route(
    'GET /repos/{owner}/{repo}/labels',
    inRepository(needs.readIssues, (call) =>
      listed(call, call.repository.labels, (row) => renderLabel(call.host, call.repository, row)),
    ),
  ),
];
