import { repositoryApi } from '../render/urls.ts';
import { rulesetsFor } from '../rules/rules-for.ts';
import { type Ruleset, rulesetBody } from '../rules/ruleset.ts';
import { stamp } from '../state/host.ts';
import { fullName } from '../state/lookup.ts';
import { nodeId } from '../state/node-ids.ts';
import { holds, type Need, needs } from '../state/permissions.ts';
import { nextId } from '../state/state.ts';
import {
  type Answer,
  created,
  missing,
  noContent,
  numberParam,
  ok,
  param,
  readBody,
  refuse,
} from './call.ts';
import { inRepository, type RepositoryCall } from './in-repository.ts';
import { listed } from './paginate.ts';
import { route } from './route.ts';

const administer: Need = { permission: 'administration', level: 'write', role: 'admin' };

/** A ruleset as lists show it. */
function renderShort({ host, repository }: RepositoryCall, ruleset: Ruleset) {
  return {
    id: ruleset.id,
    name: ruleset.name,
    target: ruleset.target,
    source_type: 'Repository',
    source: fullName(host.state, repository),
    enforcement: ruleset.enforcement,
    node_id: nodeId('ref', `ruleset${ruleset.id}`),
    _links: { self: { href: `${repositoryApi(host, repository)}/rulesets/${ruleset.id}` } },
    created_at: ruleset.createdAt,
    updated_at: ruleset.updatedAt,
  };
}

/** Everybody who can read may see the rules; who may bypass them is shown to administrators. */
function render(call: RepositoryCall, ruleset: Ruleset) {
  const { conditions, rules, bypass_actors } = ruleset;
  const mayChange = holds(call.host, call.viewer, call.repository, 'admin', administer.permission);
  return { ...renderShort(call, ruleset), conditions, rules, ...(mayChange ? { bypass_actors } : {}) };
}

const list = inRepository(needs.metadata, (call) =>
  listed(call, call.repository.rulesets ?? [], (row) => renderShort(call, row)),
);

const onRuleset = (need: Need, handle: (call: RepositoryCall, ruleset: Ruleset) => Answer) =>
  inRepository(need, (call) => {
    const found = call.repository.rulesets?.find(({ id }) => id === numberParam(call, 'id'));
    return found === undefined ? missing : handle(call, found);
  });

function keep({ host, repository }: RepositoryCall, rulesets: Ruleset[]): void {
  repository.rulesets = rulesets;
  host.touched();
}

const create = inRepository(administer, (call) => {
  const body = readBody(call, rulesetBody);
  if (!body.ok) return refuse(body.fault);
  const now = stamp(call.host);
  const id = nextId(call.host.state, 'ruleset');
  const ruleset: Ruleset = { ...body.value, id, createdAt: now, updatedAt: now };
  keep(call, [...(call.repository.rulesets ?? []), ruleset]);
  return created(render(call, ruleset));
});

const replace = onRuleset(administer, (call, old) => {
  const { id: _id, createdAt, updatedAt: _updated, ...before } = old;
  const given = typeof call.body === 'object' && call.body !== null ? call.body : {};
  const body = readBody({ ...call, body: { ...before, ...given } }, rulesetBody);
  if (!body.ok) return refuse(body.fault);
  const ruleset: Ruleset = { ...body.value, id: old.id, createdAt, updatedAt: stamp(call.host) };
  keep(
    call,
    (call.repository.rulesets ?? []).map((row) => (row === old ? ruleset : row)),
  );
  return ok(render(call, ruleset));
});

const remove = onRuleset(administer, (call, old) => {
  keep(
    call,
    (call.repository.rulesets ?? []).filter((row) => row !== old),
  );
  return noContent;
});

/** Every active rule of a branch, whoever asks: bypassing is not looked at. */
const ofBranch = inRepository(needs.metadata, (call) => {
  const rows = rulesetsFor(call.repository, `refs/heads/${param(call, 'branch')}`).flatMap((ruleset) =>
    ruleset.rules.map((rule) => ({
      ...rule,
      ruleset_source_type: 'Repository',
      ruleset_source: fullName(call.host.state, call.repository),
      ruleset_id: ruleset.id,
    })),
  );
  return listed(call, rows, (row) => row);
});

export const rulesetRoutes = [
  route('GET /repos/{owner}/{repo}/rulesets', list),
  route('POST /repos/{owner}/{repo}/rulesets', create),
  route(
    'GET /repos/{owner}/{repo}/rulesets/{id}',
    onRuleset(needs.metadata, (call, ruleset) => ok(render(call, ruleset))),
  ),
  route('PUT /repos/{owner}/{repo}/rulesets/{id}', replace),
  route('DELETE /repos/{owner}/{repo}/rulesets/{id}', remove),
  route('GET /repos/{owner}/{repo}/rules/branches/{branch+}', ofBranch),
];
