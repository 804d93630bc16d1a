import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { byQa, manifestOf, startWholeProduct, type WholeProduct } from '../support/whole-product.ts';

let world: WholeProduct;
beforeAll(async () => {
  world = await startWholeProduct();
});
afterAll(() => world.close());

const handover = `{ title: Hand over to operations, assignees: team:sre, needs: signoff, inputs: { rota: { type: text, label: Who is on call, required: true } } }`;
const notes = '{ title: Release notes, assignees: user:ada }';

const says = async (login: string, activity: string, body: string) => {
  await world.as(login).comments(await world.issue(activity, 'r1'), body);
  return world.news();
};
const conclusion = (activity: string) => world.conclusion(`countersign/release/r1/verify/${activity}`);

describe('S-009, S-016, S-023: tasks beside an approval', () => {
  test('the author writes the notes, the receiving team takes over, and both are on the record', async () => {
    await world
      .as('ada')
      .brings('r1', { 'releases/r1.yml': manifestOf('r1', { notes, signoff: byQa, handover }) });
    expect(await world.bodyOf(await world.issue('notes', 'r1'))).toContain('**⏳ To do.**');

    await says('grace', 'notes', '/done');
    expect(await world.answerOn(await world.issue('notes', 'r1'))).toContain('only those named above');
    await says('ada', 'notes', '/done They are in the wiki');
    expect(await conclusion('notes')).toBe('success');

    await says('grace', 'signoff', '/done');
    expect(await world.answerOn(await world.issue('signoff', 'r1'))).toContain('write `/approve`');
    await says('grace', 'signoff', '/approve');

    const page = await world.bodyOf(await world.issue('handover', 'r1'));
    expect(page).toContain('**⏳ Waiting for input.** To be done by team sre.');
    await says('tim', 'handover', '/done');
    expect(await world.answerOn(await world.issue('handover', 'r1'))).toContain(
      '`/done` was not counted yet',
    );
    expect(await conclusion('handover')).toBe('action_required');
    await says('tim', 'handover', '/done\nrota: rosa until Friday');
    expect(await conclusion('handover')).toBe('success');
    expect(await world.conclusion('countersign/release/r1')).toBe('success');

    const page2 = world.records.read('releases/r1/RECORD.md');
    expect(page2).toContain('| ada | did it: They are in the wiki |');
    expect(page2).toContain('| **done** |');
    expect(world.records.git('log', 'countersign-records')).toMatch(/Done-by: ada </);
    expect((await world.verify('--key', world.fingerprint)).code).toBe(0);
  });
});
