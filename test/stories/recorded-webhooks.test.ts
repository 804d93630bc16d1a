import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repository } from '../support/story/hub.ts';
import { byQa, manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

type Payload = Readonly<Record<string, unknown>>;
type Published = readonly { readonly name: string; readonly examples: readonly Payload[] }[];

const published = createRequire(import.meta.url)('@octokit/webhooks-examples') as Published;
const examples = published.flatMap(({ name, examples: payloads }) =>
  payloads.map((payload) => ({ event: name, payload })),
);

/** GitHub gives up on a delivery that is not answered within so many milliseconds. */
const patience = 10_000;

let world: WholeProduct;
let endpoint = '';
let record: readonly string[] = [];
beforeAll(async () => {
  world = await startWholeProduct();
  await world.as('ada').brings('r1', { 'releases/r1.yml': manifestOf('r1', { signoff: byQa }) });
  await world.news();
  record = world.records.kinds('r1');
  // The seed says where the App hears its webhooks.
  const seed = readFileSync(join(world.bare, '../../../seed.yml'), 'utf8');
  endpoint = /url: '([^']+)'/.exec(seed)?.[1] ?? '';
});
afterAll(() => world.close());

/** Posts a payload as GitHub does and tells the status; an answer that comes too late is an error. */
async function post(event: string, payload: Payload): Promise<number> {
  const body = JSON.stringify(payload);
  const signature = createHmac('sha256', 'a-secret-of-the-story').update(body).digest('hex');
  const response = await fetch(endpoint, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/recorded',
      'x-github-delivery': randomUUID(),
      'x-github-event': event,
      'x-hub-signature-256': `sha256=${signature}`,
    },
    signal: AbortSignal.timeout(patience),
  });
  await response.arrayBuffer();
  return response.status;
}

async function postAll(change: (payload: Payload) => Payload): Promise<readonly string[]> {
  const refused: string[] = [];
  for (const { event, payload } of examples) {
    const status = await post(event, change(payload)).catch((error: unknown) => String(error));
    if (typeof status === 'string' || status >= 300)
      refused.push(`${event}.${String(payload['action'])}: ${status}`);
  }
  return refused;
}

describe('the payloads that GitHub publishes as examples', () => {
  test('are many, and of every event the App asks for', () => {
    expect(examples.length).toBeGreaterThan(300);
    const events = new Set(examples.map(({ event }) => event));
    for (const event of ['push', 'issue_comment', 'check_run', 'pull_request_review', 'membership', 'team'])
      expect(events).toContain(event);
  });

  test('are each answered in time, and change nothing', async () => {
    expect(await postAll((payload) => payload)).toEqual([]);
    expect(await world.news()).toEqual([]);
    expect(world.records.kinds('r1')).toEqual(record);
  });

  test('change nothing either when they are told of the repository of a release (T6)', async () => {
    const here = await world.hub.get<Payload>(`/repos/${repository}`);
    const told = (payload: Payload): Payload => ({
      ...payload,
      ...('repository' in payload ? { repository: here } : {}),
      installation: { id: 600_001, node_id: 'IN_1' },
    });
    expect(await postAll(told)).toEqual([]);
    expect(await world.news()).toEqual([]);
    expect(world.records.kinds('r1')).toEqual(record);
  });

  test('leave the App able to hear a vote', async () => {
    world.troubles(); // of repositories and installations that are not here
    await world.as('grace').comments(await world.issue('signoff'), '/approve');
    expect(await world.conclusion('countersign/release/r1')).toBe('success');
    expect(await world.news()).not.toEqual([]);
  });
});
