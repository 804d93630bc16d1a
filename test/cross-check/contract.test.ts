import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBranchWriter } from '../../src/github/branch-writer.ts';
import { connect } from '../../src/github/connection.ts';
import { createForge } from '../../src/github/forge.ts';
import { createGitCredentials } from '../../src/github/git-credentials.ts';
import type { Host } from '../../src/github/host.ts';
import type { Clock } from '../../src/ports/clock.ts';
import { type Answered, describeRest, type RestWorld, restContract } from '../contract/rest.contract.ts';
import { mint } from './ask.ts';
import { type App, appIds, type Hosts, type RestHost, startHosts } from './hosts.ts';
import { readJudged } from './judged.ts';

/** The host judges times itself; nothing here waits. */
const clock: Clock = { now: () => new Date().toISOString(), after: () => () => {} };

/** The emulator serves at the root what GitHub Enterprise Server serves below `/api/v3`. */
const hostAt = ({ url }: RestHost): Host => ({
  web: url,
  api: url,
  graphql: `${url}/graphql`,
  uploads: url,
  apiVersion: '2022-11-28',
  spacing: { writes: 0, notifications: 0 },
});

const worldOn = (hosts: Hosts, restHost: RestHost): RestWorld => {
  const host = hostAt(restHost);
  let calls = 0;
  const counting: typeof fetch = (input, init) => {
    if (!String(input).endsWith('/access_tokens')) calls += 1;
    return fetch(input, init);
  };
  const as = (app: App, key: App = app) =>
    connect({ host, appId: appIds[app], privateKey: hosts.keyOf(key), clock, fetch: counting });
  const own = as('countersign');
  return {
    forge: createForge(own),
    writer: createBranchWriter(own),
    credentials: createGitCredentials(own),
    restricted: createBranchWriter(as('other')),
    impostor: createForge(as('countersign', 'other')),
    api: host.api,
    act: async (who, route, body, through) => {
      const [method = '', path = ''] = route.split(' ');
      // Nobody can act through an App there; what its installation writes comes as near as can be.
      const token =
        through === undefined ? restHost.tokenOf(who) : await mint(hosts, restHost, 'other', new Date());
      const answer = await fetch(`${host.api}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`${route}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as Answered;
    },
    calls: () => {
      const before = calls;
      calls = 0;
      return before;
    },
  };
};

let hosts: Hosts;
let emulate: RestWorld;

beforeAll(async () => {
  hosts = await startHosts();
  emulate = worldOn(hosts, hosts.emulate);
  // Warm: the installation and its token are known.
  await emulate.forge.provenance('acme/payments', 1);
});

afterAll(() => hosts.end());

const { contract } = readJudged();

describe('the adapter over an independent emulator', () => {
  describeRest(() => emulate, contract);
});

it('fails there only in tests that exist', () => {
  expect(contract.filter((name) => !restContract.includes(name))).toEqual([]);
});
