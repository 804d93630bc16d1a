import { describe, expect, it } from 'vitest';
import type { Input } from '../../../src/core/manifest/input.ts';
import { answerBody } from '../../../src/core/messages/answers.ts';
import type { Answer } from '../../../src/core/release/refusal.ts';
import { activity } from '../../support/release-world.ts';

const why: Input = { id: 'why', label: 'Why', type: 'text', required: 'to-approve', minLength: 5 };
const ticket: Input = { id: 'ticket', label: 'Ticket', type: 'text', required: 'always' };
const asked = activity('signoff', { inputs: [why] });
const current = 'abcdef0'.padEnd(64, '0');
const problem = {
  code: 'missing',
  input: 'why',
  sentence: 'why is missing: it takes text of at least 5 characters.',
} as const;

const said = (answer: Answer): string => {
  const [body = '', marker] = answerBody(1001, 'grace', answer, asked).split('\n\n<!--');
  expect(marker).toBe(` countersign answer=1001 code=${answer.code} -->`);
  return body;
};

describe('answers', () => {
  it('help', () => {
    expect(said({ code: 'help' })).toMatchInlineSnapshot(`
      "@grace On this issue you can write, each in a comment of its own:

      \`\`\`
      /approve signoff
      why: (required: text of at least 5 characters)
      \`\`\`

      - \`/approve\`: you agree with what is described above
      - \`/reject REASON\`: you do not; one rejection ends the activity
      - \`/withdraw\`: takes your vote back while nothing is decided
      - \`/delegate @LOGIN\`: lets somebody decide in your place; \`/delegate off\` ends that
      - \`/defer until DATE REASON\`: puts the decision off, and keeps the votes; for owners and approvers
      - \`/abort REASON\`: ends the whole release; for its owners and approvers
      - \`/retry REASON\`, \`/ignore REASON\`: asks again after a failure, or goes on without it; for custodians
      - \`/acknowledge REASON\` on the issue of the release: takes note of what deviates; for custodians"
    `);
    expect(answerBody(1, 'grace', { code: 'help' }, undefined)).toMatchInlineSnapshot(`
      "@grace On the issue of an activity you can write, each in a comment of its own:

      - \`/approve\`: you agree with what is described above
      - \`/reject REASON\`: you do not; one rejection ends the activity
      - \`/withdraw\`: takes your vote back while nothing is decided
      - \`/delegate @LOGIN\`: lets somebody decide in your place; \`/delegate off\` ends that
      - \`/defer until DATE REASON\`: puts the decision off, and keeps the votes; for owners and approvers
      - \`/abort REASON\`: ends the whole release; for its owners and approvers
      - \`/retry REASON\`, \`/ignore REASON\`: asks again after a failure, or goes on without it; for custodians
      - \`/acknowledge REASON\` on the issue of the release: takes note of what deviates; for custodians
      - \`/retry ACTIVITY\` here, where a machine failed: tries it again; for owners
      - \`/override ACTIVITY REASON\` here: opens its environment in spite of freezes and windows, which is reviewed afterwards; for custodians

      <!-- countersign answer=1 code=help -->"
    `);
  });

  it('refuse people', () => {
    expect(said({ code: 'not-eligible' })).toMatchInlineSnapshot(
      `"@grace Your command was not counted: only the approvers named above may decide here."`,
    );
    expect(said({ code: 'excluded', why: { kind: 'author' } })).toMatchInlineSnapshot(
      `"@grace Your command was not counted: you wrote the manifest, and who did that can neither approve nor reject here. Somebody else has to decide."`,
    );
    expect(said({ code: 'excluded', why: { kind: 'approver', activity: 'qa' } })).toContain(
      'you approved `qa`, and',
    );
    expect(said({ code: 'excluded' })).toMatchInlineSnapshot(
      `"@grace Your command was not counted: the manifest excludes you from this activity."`,
    );
    const commits = ['a'.repeat(40), 'b'.repeat(40)];
    expect(said({ code: 'claimed', why: { kind: 'committer', commits } })).toMatchInlineSnapshot(
      `"@grace Your approval was not counted: a commit says that you had a hand in aaaaaaa and bbbbbbb of this release, and who did that cannot approve here. You may still reject."`,
    );
  });

  it('refuse ways to comment', () => {
    expect(said({ code: 'edited' })).toMatchInlineSnapshot(`
      "@grace Your comment was edited, so nobody can tell what it said when it was written, and nothing is approved until you speak again.
      Write a new comment with \`/approve\`, \`/reject REASON\` or \`/withdraw\`."
    `);
    expect(said({ code: 'by-email' })).toMatchInlineSnapshot(
      `"@grace Your command was not counted: comments sent by e-mail do not vote. Please comment on GitHub."`,
    );
    expect(said({ code: 'through-app', app: 'Helper `App`' })).toMatchInlineSnapshot(
      `"@grace Your command was not counted: it came through the App "Helper \\\`App\\\`". Please comment yourself."`,
    );
  });

  it('ask for other words', () => {
    expect(said({ code: 'several-decisions' })).toMatchInlineSnapshot(
      `"@grace Nothing was counted: a comment carries one decision. Please write one of them again."`,
    );
    expect(
      said({
        code: 'malformed',
        verb: 'approve',
        why: '"signof" is not an activity here. Did you mean "signoff"?',
      }),
    ).toMatchInlineSnapshot(
      `
      "@grace \`/approve\` could not be read: "signof" is not an activity here. Did you mean "signoff"?

      Copy this, fill it in and send it as a new comment:

      \`\`\`
      /approve signoff
      why: (required: text of at least 5 characters)
      \`\`\`"
    `,
    );
    expect(said({ code: 'malformed', verb: 'reject', why: 'No.' })).toContain('/reject REASON\n```');
    expect(said({ code: 'malformed', verb: 'withdraw', why: 'No.' })).not.toContain('```');
    expect(
      answerBody(1, 'grace', { code: 'malformed', verb: 'reject', why: 'No.' }, undefined),
    ).not.toContain('```');
    expect(said({ code: 'misspelt', written: '/aprove', meant: 'approve' })).toMatchInlineSnapshot(
      `"@grace Nothing was counted: \`/aprove\` is no command here. Did you mean \`/approve\`? Then please write that in a new comment; \`/help\` shows the others."`,
    );
    expect(said({ code: 'misspelt', written: '/reject', meant: 'reject', within: 'heading' })).toBe(
      '@grace Nothing was counted: Markdown takes the line of `/reject` for part of a heading. Please write it in a new comment, with a blank line above and below it.',
    );
    expect(said({ code: 'unsupported', verb: 'defer' })).toMatchInlineSnapshot(
      `"@grace \`/defer\` is not supported yet. \`/help\` shows what is."`,
    );
  });

  it('say what was answered instead', () => {
    expect(said({ code: 'other-activity', here: 'signoff', named: 'go' })).toMatchInlineSnapshot(
      `"@grace Nothing was counted: this issue stands for \`signoff\`, not for \`go\`. Please answer on the issue of that activity."`,
    );
    expect(said({ code: 'wrong-scope', given: '0000000', current })).toMatchInlineSnapshot(
      `"@grace Nothing was counted: you answered \`@0000000\`, but what waits here is \`@abcdef0\`. Please read it and answer again."`,
    );
    expect(
      said({ code: 'stale-notice', current, differences: [{ path: 'title', before: '"a"', after: '"b"' }] }),
    ).toMatchInlineSnapshot(`
      "@grace Nothing was counted: what you answered has changed since. Please read what waits now (\`@abcdef0\`) and answer again.

      - title: "a" → "b""
    `);
    expect(said({ code: 'stale-notice', current, differences: [] }).split('\n')).toHaveLength(1);
  });

  it('ask for inputs, with the block to copy', () => {
    const answer = {
      code: 'invalid-answers',
      problems: [problem],
      understood: {},
      inputs: [why, ticket],
    } as const;
    expect(said({ ...answer, verb: 'approve' })).toMatchInlineSnapshot(`
      "@grace Your \`/approve\` was not counted yet.

      Missing:

      - why is missing: it takes text of at least 5 characters.

      Copy this, fill it in and send it as a new comment:

      \`\`\`
      /approve
      why: (required: text of at least 5 characters)
      ticket: (required: text)
      \`\`\`"
    `);
    expect(said({ ...answer, verb: 'reject' })).toMatchInlineSnapshot(`
      "@grace Your \`/reject\` was not counted yet.

      Missing:

      - why is missing: it takes text of at least 5 characters.

      Copy this, fill it in and send it as a new comment:

      \`\`\`
      /reject REASON
      ticket: (required: text)
      \`\`\`"
    `);
  });

  it('say that there is nothing to decide', () => {
    expect(said({ code: 'nothing-to-withdraw' })).toMatchInlineSnapshot(
      `"@grace You have no vote here that could be withdrawn."`,
    );
    expect(said({ code: 'may-take-back' })).toMatchInlineSnapshot(
      `"@grace Your command was not counted: you are not among the approvers any more. What you said here before stands; \`/withdraw\` takes it back."`,
    );
    expect(said({ code: 'took-back' })).toMatchInlineSnapshot(
      `"@grace Your approval is taken back. It is not a rejection: you are not among the approvers any more."`,
    );
    expect(said({ code: 'already-decided' })).toMatchInlineSnapshot(
      `"@grace Nothing was counted: this activity is already decided."`,
    );
    expect(said({ code: 'not-here' })).toMatchInlineSnapshot(
      `"@grace Nothing was counted: decisions are taken on the issues of the activities, which are listed above."`,
    );
  });
});
