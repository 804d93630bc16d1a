import { beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../../src/local-github/api/routes.ts';
import { loadDescriptions } from '../../../src/local-github/fidelity/descriptions.ts';
import { isUndescribed } from '../../../src/local-github/fidelity/deviations.ts';
import { type Judge, openJudge } from '../../../src/local-github/fidelity/judge.ts';

let judge: Judge;
beforeAll(async () => {
  judge = await openJudge();
});

const told = async (
  request: readonly [method: string, path: string, body?: unknown],
  status: number,
  body?: unknown,
) => {
  const [method, path, asked] = request;
  const before = judge.violations().length;
  const json = { 'content-type': 'application/json; charset=utf-8' };
  await judge.exchange(
    new Request(`http://here${path}`, {
      method,
      ...(asked === undefined ? {} : { body: JSON.stringify(asked) }),
    }),
    body === undefined
      ? new Response(null, { status })
      : new Response(JSON.stringify(body), { status, headers: json }),
  );
  return judge.violations().slice(before);
};

const labels = '/api/v3/repos/acme/payments/issues/1/labels';
const label = {
  id: 1,
  node_id: 'LA_1',
  url: 'http://here/labels/1',
  name: 'bug',
  color: 'ff0000',
  default: false,
  description: null,
};

describe('a request', () => {
  it.each([
    ['a parameter that its operation does not have', ['GET', `${labels}?page=1&colour=red`], 'query colour'],
    ['a parameter of another type', ['GET', `${labels}?per_page=many`], 'query per_page must be integer'],
    ['a path that cannot be', ['GET', labels.replace('/1/', '/one/')], 'path issue_number must be integer'],
  ] as const)('is told of %s', async (_, request, words) => {
    expect((await told(request, 200, [label])).join()).toContain(words);
  });

  it('is told of a wrong body that was taken, and not of one that was refused', async () => {
    const wrong = ['POST', '/repos/acme/payments/check-runs', { name: 'x', head_sha: 1 }] as const;
    expect(await told(wrong, 422, { message: 'Invalid request.' })).toEqual([]);
    expect((await told(wrong, 201, {})).join()).toContain('/head_sha must be string');
  });
});

describe('a response', () => {
  it('is fine as GitHub describes it', async () => {
    expect(await told(['GET', labels], 200, [label])).toEqual([]);
    expect(await told(['GET', labels], 304)).toEqual([]);
    expect(await told(['GET', labels], 403, { message: 'Resource not accessible by integration' })).toEqual(
      [],
    );
  });

  it.each([
    ['a missing member', 200, [{ ...label, url: undefined }], "/0 must have required property 'url'"],
    ['no body', 200, undefined, 'must not be empty'],
    ['a status that is documented nowhere', 202, [], 'has the undocumented status 202'],
    ['a crash', 500, { message: 'Server Error' }, 'has the undocumented status 500'],
    ['a refusal of another form', 403, { message: 7 }, '/message must be string'],
  ])('is told of %s', async (_, status, body, words) => {
    expect((await told(['GET', labels], status, body)).join()).toContain(words);
  });

  it('of a route that GitHub does not have is told, unless it says so with 501', async () => {
    expect(await told(['GET', '/api/v3/weather'], 501, { message: 'unknown' })).toEqual([]);
    expect((await told(['GET', '/api/v3/weather'], 200, {})).join()).toContain('is described nowhere');
  });
});

describe('a webhook', () => {
  const headers = {
    'user-agent': 'GitHub-Hookshot/local',
    'x-github-delivery': 'guid',
    'x-github-event': 'create',
    'x-github-hook-id': '1',
    'x-github-hook-installation-target-id': '1',
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature-256': 'sha256=0',
  };
  it('is told of what is missing from its headers and its body, and of an event that does not exist', () => {
    const { 'x-hub-signature-256': _signature, ...unsigned } = headers;
    const create = { event: 'create', action: null, guid: 'guid' };
    judge.webhook({ ...create, request: { headers: unsigned, body: '{"ref":"main","ref_type":"branch"}' } });
    judge.webhook({ ...create, event: 'moon', request: { headers, body: '{}' } });
    const all = judge.violations().join('\n');
    expect(all).toContain('webhook create (guid): header x-hub-signature-256 is missing');
    expect(all).toContain("webhook create (guid): it must have required property 'repository'");
    expect(all).toContain('webhook moon (guid): it is described nowhere');
  });
});

it('describes every route, or says why not', async () => {
  const bare = (spec: string) => spec.replace(/\{\w+[+*]?\}/g, '{}');
  const described = new Set(Object.keys((await loadDescriptions()).rest.operations).map(bare));
  const undescribed = routes.filter(({ spec, method }) => {
    const path = spec
      .slice(method.length + 1)
      .replace(/\{\w+\+?\}/g, '1')
      .replace(/\{\w+\*\}/g, '');
    return !described.has(bare(spec)) && !isUndescribed(method, path);
  });
  expect(undescribed.map(({ spec }) => spec)).toEqual([]);
});
