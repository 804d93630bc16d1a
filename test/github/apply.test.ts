import { describe, expect, it } from 'vitest';
import type { CheckContent, Write } from '../../src/core/release/surface.ts';
import { createForge } from '../../src/github/forge.ts';
import { useFakeHost } from './fake-host.ts';
import { head, wireComment, wireIssue, wireRun } from './wire-samples.ts';

const fake = useFakeHost();
const repository = { id: 5, name: 'acme/payments', nodeId: 'R_5', private: false };

const check: CheckContent = {
  name: 'countersign/manifest',
  commit: head,
  conclusion: 'action_required',
  title: 'Title',
  summary: 'Summary',
  externalId: '42 abc',
  annotations: [
    {
      path: 'releases/a.yml',
      position: { line: 3, column: 5 },
      level: 'warning',
      title: 'Odd',
      message: 'Look',
    },
  ],
};

const apply = (writes: readonly Write[], answer: object = { data: {} }) =>
  createForge(fake.start({ graphql: () => answer as never })).apply(repository, writes);

const inputs = (): Record<string, Record<string, unknown>> => (fake.queries[0]?.variables ?? {}) as never;

it('writes everything in one document, in order', async () => {
  const written = await apply(
    [
      { kind: 'create-check', check },
      { kind: 'update-check', nodeId: 'CR_1', check: { ...check, conclusion: 'success', annotations: [] } },
      { kind: 'create-issue', title: 'T', body: 'B', parent: 'I_1' },
      { kind: 'update-issue', nodeId: 'I_2', title: 'T', body: 'B' },
      { kind: 'close-issue', nodeId: 'I_2', reason: 'NOT_PLANNED' },
      { kind: 'reopen-issue', nodeId: 'I_2' },
      { kind: 'link-issue', parent: 'I_1', child: 'I_2' },
      { kind: 'comment', issue: 'I_2', body: 'Hello' },
      { kind: 'react', subject: 'IC_1', reaction: 'THUMBS_UP' },
    ],
    {
      data: {
        w0: { checkRun: wireRun(1, 'countersign/manifest', 'ACTION_REQUIRED') },
        w1: { checkRun: wireRun(1, 'countersign/manifest') },
        w2: { issue: wireIssue(7) },
        w7: { commentEdge: { node: wireComment(9, { viewerDidAuthor: true }) } },
      },
    },
  );
  expect(fake.calls).toEqual(['graphql']);
  expect(written.map(({ kind }) => kind)).toEqual([
    'check',
    'check',
    'issue',
    'done',
    'done',
    'done',
    'done',
    'comment',
    'done',
  ]);
  expect(written[0]).toMatchObject({ check: { nodeId: 'CR_1', conclusion: 'action_required' } });
  expect(written[2]).toMatchObject({ thread: { issue: { number: 7, nodeId: 'I_7' } } });
  expect(written[7]).toMatchObject({ comment: { id: 9, ours: true } });
  expect(inputs()).toMatchObject({
    w0: {
      repositoryId: 'R_5',
      headSha: head,
      status: 'COMPLETED',
      conclusion: 'ACTION_REQUIRED',
      externalId: '42 abc',
      output: {
        title: 'Title',
        annotations: [
          {
            path: 'releases/a.yml',
            location: { startLine: 3, endLine: 3, startColumn: 5, endColumn: 5 },
            annotationLevel: 'WARNING',
          },
        ],
      },
    },
    w1: { checkRunId: 'CR_1', conclusion: 'SUCCESS' },
    w2: { repositoryId: 'R_5', parentIssueId: 'I_1' },
    w4: { issueId: 'I_2', stateReason: 'NOT_PLANNED' },
    w6: { issueId: 'I_1', subIssueId: 'I_2' },
    w8: { subjectId: 'IC_1', content: 'THUMBS_UP' },
  });
});

it('makes no call where there is nothing to write', async () => {
  expect(await apply([])).toEqual([]);
  expect(fake.calls).toEqual([]);
});

it('throws when a part failed, whatever the other parts did', async () => {
  const answer = {
    data: { w0: { issue: wireIssue(7) }, w1: null },
    errors: [{ type: 'UNPROCESSABLE', message: 'no', path: ['w1'] }],
  };
  const writes: Write[] = [
    { kind: 'create-issue', title: 'T', body: 'B' },
    { kind: 'reopen-issue', nodeId: 'I_2' },
  ];
  await expect(apply(writes, answer)).rejects.toMatchObject({ code: 'invalid' });
});

it('throws when GitHub does not say what it made', async () => {
  const writes: Write[] = [{ kind: 'comment', issue: 'I_1', body: 'x' }];
  await expect(apply(writes, { data: { w0: { commentEdge: null } } })).rejects.toMatchObject({
    code: 'invalid',
  });
});

describe('text over GitHub’s limits', () => {
  const long = '🚀'.repeat(40_000);

  it('is cut between characters, and says so', async () => {
    await apply([
      { kind: 'update-issue', nodeId: 'I_2', title: long, body: long },
      { kind: 'update-issue', nodeId: 'I_2', title: 'x'.repeat(256), body: 'y'.repeat(65_536) },
    ]);
    const { title, body } = inputs()['w0'] as { title: string; body: string };
    expect(title).toMatch(/^🚀+…$/u);
    expect(Buffer.byteLength(title)).toBeLessThanOrEqual(256);
    expect(body).toMatch(/^🚀+\n\n\*The rest is left out/u);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_536);
    expect(inputs()['w1']).toMatchObject({ title: 'x'.repeat(256), body: 'y'.repeat(65_536) });
  });

  it('keeps the hidden marker at its end', async () => {
    await apply([{ kind: 'comment', issue: 'I_1', body: `${long}\n\n<!-- countersign notice -->\n` }], {
      data: { w0: { commentEdge: { node: wireComment(1) } } },
    });
    const { body } = inputs()['w0'] as { body: string };
    expect(body).toMatch(/left out[^\n]*\n\n<!-- countersign notice -->\n$/);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_536);
  });

  it('leaves marks over fifty out and counts them', async () => {
    const [mark] = check.annotations;
    const annotations = Array.from({ length: 53 }, () => ({
      ...mark,
      message: long,
    })) as typeof check.annotations;
    const made = { data: { w0: { checkRun: wireRun(1, 'x') } } };
    await apply([{ kind: 'create-check', check: { ...check, annotations } }], made);
    const output = inputs()['w0']?.['output'] as { summary: string; annotations: { message: string }[] };
    expect(output.annotations).toHaveLength(50);
    expect(output.summary).toContain('3 more marks are left out');
    expect(Buffer.byteLength(output.annotations[0]?.message ?? '')).toBeLessThanOrEqual(65_535);
  });
});
