// Routes that github.com does not have. They stand for what people do there by hand, outside the API:
//
//   POST /_local/user-token        { login, app }                        a token of an App acting for a person
//   POST /_local/comment-by-email  { repository, issue, login, body }    a reply to a notification mail
//   POST /_local/press-button      { repository, run, login, identifier }  a button of a check run
//   POST /_local/team-member       { organization, team, login, remove? } a change of a team's members
//   POST /_local/install           { app, account }                      an App installed on one more account
//   POST /_local/rename-repository { repository, name }                  another name, without a redirection
//   POST /_local/environment       { repository, name, protection-rules?, branches?, admins-bypass? } its settings, all of them
//   POST /_local/end-run            { repository, run, conclusion }      the job that a run is held at ends
//   POST /_local/faults            trouble on request, told in `../faults/fault.ts`
//
// `repository` is owner/name. They need no credentials: whoever reaches a local GitHub owns it.

import { z } from 'zod';
import { endHeldJob } from '../actions/workflow-runs.ts';
import { renderInstallation } from '../render/app.ts';
import { renderComment } from '../render/issue.ts';
import { environmentRow, environmentSettings } from '../seed/environment-settings.ts';
import { pressAction } from '../state/checks.ts';
import { addComment } from '../state/comments.ts';
import { stamp, type Viewer } from '../state/host.ts';
import {
  accountByLogin,
  appBySlug,
  installationOn,
  issueByNumber,
  repositoryByName,
  teamBySlug,
} from '../state/lookup.ts';
import { nextId } from '../state/state.ts';
import { mintToken } from '../state/tokens.ts';
import { answer, type Call, created, missing, noContent, ok, readBody, refuse } from './call.ts';
import { route } from './route.ts';

const userToken = route('POST /_local/user-token', (call) => {
  const body = readBody(call, z.object({ login: z.string(), app: z.string() }));
  if (!body.ok) return refuse(body.fault);
  const account = accountByLogin(call.host.state, body.value.login);
  const app = appBySlug(call.host.state, body.value.app);
  if (account === null || app === null) return missing;
  const { text, expiresAt } = mintToken(call.host, {
    kind: 'user-to-server',
    userId: account.id,
    appId: app.id,
  });
  return created({ token: text, expires_at: expiresAt });
});

function asUser(call: Call, login: string): Viewer | null {
  const account = accountByLogin(call.host.state, login);
  return account === null ? null : { kind: 'user', userId: account.id, viaAppId: null };
}

function repositoryOf(call: Call, fullName: string) {
  const [owner = '', name = ''] = fullName.split('/');
  return repositoryByName(call.host.state, owner, name);
}

const byEmail = route('POST /_local/comment-by-email', (call) => {
  const body = readBody(
    call,
    z.object({ repository: z.string(), issue: z.int(), login: z.string(), body: z.string() }),
  );
  if (!body.ok) return refuse(body.fault);
  const repository = repositoryOf(call, body.value.repository);
  const issue = repository && issueByNumber(call.host.state, repository, body.value.issue);
  const viewer = asUser(call, body.value.login);
  if (issue === null || viewer === null) return missing;
  const outcome = addComment(call.host, viewer, issue, body.value.body, { viaEmail: true });
  return answer(outcome, (comment) => created(renderComment(call.host, comment)));
});

const pressButton = route('POST /_local/press-button', (call) => {
  const body = readBody(
    call,
    z.object({ repository: z.string(), run: z.int(), login: z.string(), identifier: z.string() }),
  );
  if (!body.ok) return refuse(body.fault);
  const repository = repositoryOf(call, body.value.repository);
  const run = call.host.state.runs.get(body.value.run);
  const viewer = asUser(call, body.value.login);
  if (repository === null || run?.repositoryId !== repository.id || viewer === null) return missing;
  return answer(pressAction(call.host, viewer, repository, run, body.value.identifier), () => noContent);
});

const teamMember = route('POST /_local/team-member', (call) => {
  const shape = z.object({
    organization: z.string(),
    team: z.string(),
    login: z.string(),
    remove: z.boolean().default(false),
  });
  const body = readBody(call, shape);
  if (!body.ok) return refuse(body.fault);
  const { state } = call.host;
  const organization = accountByLogin(state, body.value.organization);
  const team = organization && teamBySlug(state, organization.id, body.value.team);
  const account = accountByLogin(state, body.value.login);
  if (team === null || account === null) return missing;
  team.members = team.members.filter((member) => member.userId !== account.id);
  if (!body.value.remove) team.members.push({ userId: account.id, role: 'member', state: 'active' });
  const action = body.value.remove ? 'removed' : 'added';
  call.host.announce({ kind: 'membership', action, team, userId: account.id }, account.id);
  return noContent;
});

const install = route('POST /_local/install', (call) => {
  const body = readBody(call, z.object({ app: z.string(), account: z.string() }));
  if (!body.ok) return refuse(body.fault);
  const { state } = call.host;
  const app = appBySlug(state, body.value.app);
  const account = accountByLogin(state, body.value.account);
  if (app === null || account === null) return missing;
  const known = installationOn(state, app.id, account.id);
  if (known !== null) return ok(renderInstallation(call.host, known));
  const id = nextId(state, 'installation');
  const installation = { id, appId: app.id, accountId: account.id, createdAt: stamp(call.host) };
  state.installations.set(id, installation);
  call.host.announce({ kind: 'installation', action: 'created', installation }, account.id);
  return created(renderInstallation(call.host, installation));
});

const renameRepository = route('POST /_local/rename-repository', (call) => {
  const body = readBody(call, z.object({ repository: z.string(), name: z.string() }));
  if (!body.ok) return refuse(body.fault);
  const repository = repositoryOf(call, body.value.repository);
  if (repository === null) return missing;
  repository.name = body.value.name;
  return noContent;
});

const environment = route('POST /_local/environment', (call) => {
  const body = readBody(call, z.object({ repository: z.string(), name: z.string(), ...environmentSettings }));
  if (!body.ok) return refuse(body.fault);
  const { name, repository: fullName, ...settings } = body.value;
  const repository = repositoryOf(call, fullName);
  if (repository === null) return missing;
  const id = repository.environments[name]?.id ?? nextId(call.host.state, 'environment');
  repository.environments[name] = environmentRow(id, settings);
  call.host.touched();
  return noContent;
});

const endRun = route('POST /_local/end-run', (call) => {
  const conclusions = z.enum(['success', 'failure', 'cancelled', 'timed_out']);
  const body = readBody(call, z.object({ repository: z.string(), run: z.int(), conclusion: conclusions }));
  if (!body.ok) return refuse(body.fault);
  const { run: id, conclusion } = body.value;
  const run = call.host.state.workflowRuns.get(id);
  const here = repositoryOf(call, body.value.repository);
  if (run === undefined || run.repositoryId !== here?.id) return missing;
  const ended = endHeldJob(call.host, run, conclusion);
  return ended ? noContent : refuse({ kind: 'invalid', message: 'The run is not held', errors: [] });
});

export const localRoutes = [
  ...[userToken, byEmail, pressButton, teamMember, install, renameRepository],
  ...[environment, endRun],
];
