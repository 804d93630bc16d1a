import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadDescriptions, type RestDescription } from '../../src/local-github/fidelity/descriptions.ts';
import { isDeviation } from '../../src/local-github/fidelity/deviations.ts';
import { openExchangeJudge } from '../../src/local-github/fidelity/judge-exchange.ts';
import { type Asked, askAll } from './ask.ts';
import { compare } from './compare.ts';
import { type Hosts, startHosts } from './hosts.ts';
import { readJudged, toldKeys, toldStatuses } from './judged.ts';
import { everyRequest } from './requests/every-request.ts';

let hosts: Hosts;
let description: RestDescription;
let local: readonly Asked[];
let emulate: readonly Asked[];

beforeAll(async () => {
  hosts = await startHosts();
  description = (await loadDescriptions()).rest;
  const now = new Date();
  local = await askAll(hosts, hosts.local, everyRequest, now);
  emulate = await askAll(hosts, hosts.emulate, everyRequest, now);
});

afterAll(() => hosts.end());

/** What is in one list and not in the other; a row of the page is changed by hand, after judging it. */
const apart = (found: readonly string[], judged: readonly string[]) => ({
  notJudged: [...new Set(found)].filter((each) => !judged.includes(each)).sort(),
  nowGone: judged.filter((each) => !found.includes(each)),
});

describe('the local GitHub and an independent emulator', () => {
  it('differ in statuses where docs/cross-check.md says so, and nowhere else', () => {
    const found = toldStatuses(compare(description, local, emulate));
    expect(apart(found, readJudged().statuses)).toEqual({ notJudged: [], nowGone: [] });
  });

  it('differ in keys and types where docs/cross-check.md says so, and nowhere else', () => {
    const found = toldKeys(compare(description, local, emulate));
    expect(apart(found, readJudged().keys)).toEqual({ notJudged: [], nowGone: [] });
  });

  it('differ with a reason', () => {
    expect(readJudged().unexplained).toEqual([]);
  });

  it('show a new difference', () => {
    const [first, ...rest] = local;
    if (first === undefined) throw new Error('nothing was asked');
    const changed = { ...first, exchange: { ...first.exchange, answered: { id: 'four' } } };
    const found = compare(description, [changed, ...rest], emulate);
    expect(found.keys).toContainEqual({
      where: '`GET /app`',
      key: 'id',
      local: 'string',
      emulate: 'number',
      right: 'emulate',
    });
    const refused = { ...first, exchange: { ...first.exchange, status: 418 } };
    expect(compare(description, [refused, ...rest], emulate).statuses).toContainEqual({
      request: 'the App itself',
      local: '418',
      emulate: '200',
    });
  });

  it('are asked as GitHub describes it, and the local one answers so', () => {
    const judge = openExchangeJudge(description);
    const wrong = local.flatMap(({ exchange }) => judge(exchange)).filter((each) => !isDeviation(each));
    expect(wrong).toEqual([]);
  });
});
