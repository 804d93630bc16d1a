import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

const one = '{ approvers: { from: [team:qa, team:sre] } }';
const two = '{ approvers: [{ from: team:qa }, { from: team:sre }] }';
const names = [
  'author',
  'machine',
  'outsider',
  'invited',
  'quoted',
  'fenced',
  'span',
  'longer',
  'listed',
  'hidden',
  'edited',
  'meddled',
  'through-app',
  'by-mail',
  'two-in-one',
];

let world: WholeProduct;
const issues = new Map<string, number>();

/** Somebody says something on the issue of an activity; the answer is what the App then made people see. */
async function says(login: string, activity: string, body: string): Promise<readonly string[]> {
  await world.as(login).comments(issues.get(activity) ?? 0, body);
  return world.news();
}

const votes = (activity: string) =>
  world.records
    .events('r1')
    .filter((event) => event.kind === 'vote-cast' && event.body.activity === activity)
    .map((event) => event.kind === 'vote-cast' && event.body.elector.person.login);

const state = async (activity: string) =>
  `${await world.conclusion(`countersign/release/r1/verify/${activity}`)}, ${votes(activity).length} votes`;

const onIssue = (activity: string) => `#${issues.get(activity)}`;

beforeAll(async () => {
  world = await startWholeProduct();
  const activities = {
    ...Object.fromEntries(names.map((name) => [name, one])),
    twice: two,
    deleted: two,
    regretted: two,
  };
  await world.as('ada').brings('r1', { 'releases/r1.yml': manifestOf('r1', activities) });
  for (const activity of Object.keys(activities)) issues.set(activity, await world.issue(activity));
  await world.news();
});
afterAll(() => world.close());

describe('who never counts (design 3.2, T15, T16)', () => {
  test('the author of the manifest, though on the team', async () => {
    expect(await says('ada', 'author', '/approve')).toContain(
      `answers ada on ${onIssue('author')}: excluded`,
    );
    expect(await state('author')).toBe('action_required, 0 votes');
  });

  test('a bot, though on the team (pitfall 14)', async () => {
    expect(await says('robo', 'machine', '/approve')).toEqual([]);
    expect(await state('machine')).toBe('action_required, 0 votes');
  });

  test('somebody with write access who is on no team', async () => {
    expect(await says('eve', 'outsider', '/approve')).toContain(
      `answers eve on ${onIssue('outsider')}: not-eligible`,
    );
    expect(await state('outsider')).toBe('action_required, 0 votes');
  });

  test('somebody whose invitation to the team is pending', async () => {
    expect(await says('linus', 'invited', '/approve')).toContain(
      `answers linus on ${onIssue('invited')}: not-eligible`,
    );
    expect(await state('invited')).toBe('action_required, 0 votes');
  });

  test('one person on two teams, twice', async () => {
    await says('katherine', 'twice', '/approve');
    await says('katherine', 'twice', '/approve');
    expect(await state('twice')).toBe('action_required, 2 votes');
    expect(await world.bodyOf(issues.get('twice') ?? 0)).toContain('0 of 1');
  });

  test('the author of a comment that was edited', async () => {
    const comment = await world.as('grace').comments(issues.get('edited') ?? 0, 'I am not sure yet.');
    await world.as('grace').edits(comment, '/approve');
    expect(await world.news()).toEqual([
      `refuses grace on ${onIssue('edited')}`,
      `answers grace on ${onIssue('edited')}: edited`,
    ]);
    expect(await state('edited')).toBe('action_required, 0 votes');
    expect(await world.bodyOf(issues.get('edited') ?? 0)).toContain('Blocked');
  });

  test('words that somebody else with write access put into the mouth of an approver', async () => {
    const comment = await world.as('grace').comments(issues.get('meddled') ?? 0, 'I am not sure yet.');
    await world.as('mona').edits(comment, '/approve');
    expect(await world.news()).toContain(`answers grace on ${onIssue('meddled')}: edited`);
    expect(await state('meddled')).toBe('action_required, 0 votes');
  });

  test('a comment that an App wrote with the approver’s token', async () => {
    await world.as('grace').commentsThroughApp(issues.get('through-app') ?? 0, '/approve');
    expect(await world.news()).toContain(`answers grace on ${onIssue('through-app')}: through-app`);
    expect(await state('through-app')).toBe('action_required, 0 votes');
  });

  test('a comment by e-mail', async () => {
    await world.as('grace').commentsByEmail(issues.get('by-mail') ?? 0, '/approve');
    expect(await world.news()).toContain(`answers grace on ${onIssue('by-mail')}: by-email`);
    expect(await state('by-mail')).toBe('action_required, 0 votes');
  });

  test('two decisions in one comment', async () => {
    expect(await says('grace', 'two-in-one', '/approve\n/reject No.')).toContain(
      `answers grace on ${onIssue('two-in-one')}: several-decisions`,
    );
    expect(await state('two-in-one')).toBe('action_required, 0 votes');
  });
});

describe('what is no command (design 4)', () => {
  test.each([
    ['a quotation', 'quoted', '> /approve'],
    ['a fence', 'fenced', '```\n/approve\n```'],
    ['a code span', 'span', 'Somebody should write `\n/approve\n` here.'],
    ['a longer word', 'longer', '/approve-all'],
    ['an item of a list', 'listed', '- /approve'],
    ['a comment of HTML', 'hidden', '<!--\n/approve\n-->'],
  ])('%s', async (_what, activity, body) => {
    expect(await says('grace', activity, body)).toEqual([]);
    expect(await state(activity)).toBe('action_required, 0 votes');
  });
});

test('a slip in a command is answered, and is no vote (design 4, pitfall 3)', async () => {
  expect(await says('grace', 'longer', '/approved')).toContain(
    `answers grace on ${onIssue('longer')}: misspelt`,
  );
  expect(await state('longer')).toBe('action_required, 0 votes');
});

describe('T15: doubt works only against approval', () => {
  test('a deleted comment of an approver blocks until they speak again', async () => {
    const issue = issues.get('deleted') ?? 0;
    const comment = await world.as('grace').comments(issue, 'Wait.');
    await world.as('mona').removes(comment);
    await world.as('radia').comments(issue, '/approve');
    await world.as('katherine').comments(issue, '/approve');
    expect(await state('deleted')).toBe('action_required, 2 votes');
    expect(await world.bodyOf(issue)).toContain('a comment of grace was deleted');
    await world.as('grace').comments(issue, '/approve');
    expect(await world.conclusion('countersign/release/r1/verify/deleted')).toBe('success');
    expect(await world.news()).toContain('countersign/release/r1/verify/deleted: success');
  });

  test('an approval that was counted and then edited counts no longer, until its author speaks again', async () => {
    const issue = issues.get('regretted') ?? 0;
    const comment = await world.as('grace').comments(issue, '/approve');
    await world.as('grace').edits(comment, 'I take that back.');
    await world.as('radia').comments(issue, '/approve');
    expect(await world.conclusion('countersign/release/r1/verify/regretted')).toBe('action_required');
    await world.as('grace').comments(issue, '/withdraw');
    await world.as('grace').comments(issue, '/approve');
    expect(await world.conclusion('countersign/release/r1/verify/regretted')).toBe('success');
    expect(await world.news()).toContain(`answers grace on ${onIssue('regretted')}: edited`);
  });

  test('a decision on the tracking issue is shown the way', async () => {
    const tracking = await world.trackingIssue('r1');
    await world.as('grace').comments(tracking, '/approve');
    expect(await world.news()).toEqual([
      `refuses grace on #${tracking}`,
      `answers grace on #${tracking}: not-here`,
    ]);
  });

  test('nothing of all this harmed the record', async () => {
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  });
});
