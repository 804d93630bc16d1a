import { describe, expect, it } from 'vitest';
import { defaultConfiguration } from '../../../src/core/configuration/configuration.ts';
import { answerBody } from '../../../src/core/messages/answers.ts';
import { commitMessage } from '../../../src/core/messages/commit-message.ts';
import { markdown } from '../../../src/core/messages/escape.ts';
import { planLines } from '../../../src/core/messages/plan-words.ts';
import { renderRecord } from '../../../src/core/messages/record.ts';
import { ruleLines, verdictSentence } from '../../../src/core/messages/verdict-words.ts';
import { timelineOf } from '../../../src/core/plan/timeline.ts';
import type { Verdict } from '../../../src/core/policy/policy.ts';
import type { Answer } from '../../../src/core/release/refusal.ts';
import { activity, manifest, person, recorded, releaseWorld } from '../../support/release-world.ts';

const handover = activity('handover', {
  title: 'Hand over to *operations*',
  instructions: 'Walk through the runbook.',
  task: { authors: 'may-act' },
  inputs: [
    { id: 'runbook', label: 'Runbook', type: 'text', required: 'to-approve' },
    { id: 'why', label: 'Why', type: 'text', required: 'always' },
  ],
  delegation: { max: 1 },
});
const world = () => releaseWorld({ plan: manifest([handover]) });

describe('S-009: every surface speaks of a task as of something that is done', () => {
  it('its page', () => {
    expect(world().thread('handover').body).toMatchInlineSnapshot(`
      "**⏳ Waiting for input.** To be done by team qa.

      Release \`r1\`, phase \`verify\`, activity \`handover\`, attempt 1.
      Target: \`bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\` (v1). Scope: \`bdde4bb\`.

      ### Instructions

      > Walk through the runbook.

      ### Assigned to

      - ⏳ team qa

      ### Your turn

      @acme/qa: one of you does this, and then says so with a comment:

      - **Runbook** (\`runbook\`, required): text.
      - **Why** (\`why\`, required, to reject as well): text.

      \`\`\`
      /done handover @bdde4bb
      runbook: (required: text)
      why: (required: text)
      \`\`\`

      If it cannot be done:

      \`\`\`
      /reject REASON
      why: (required: text)
      \`\`\`

      \`/abort REASON\` ends the whole release, \`/help\` explains the rest. Edited comments do not count: write a new one.

      <!-- countersign release=r1 activity=handover attempt=1 scope=bdde4bbbfd31f4f5d4e969ec7497251af0928b1fb67ffb3474c9684216e108a9 -->"
    `);
  });

  it('its check, and the release', () => {
    const { title, summary } = world().check('countersign/release/r1/verify/handover') ?? {};
    expect([title, summary]).toMatchInlineSnapshot(`
      [
        "Waiting for input",
        "To be done by team qa.

      - ⏳ team qa

      Say that it is done on [#2](https://host/i/2).

      Attempt 1, scope \`bdde4bb\`.",
      ]
    `);
    expect(world().thread('').body).toContain('- ⏳ Hand over to \\*operations\\*: Waiting for input — #2');
  });

  it('the plan', () => {
    expect(
      planLines(timelineOf(manifest([handover]), defaultConfiguration)).join('\n'),
    ).toMatchInlineSnapshot(`
      "Release r1: Release one

      Phase verify: verify (from the start)

        handover: Hand over to *operations*
          read first  Walk through the runbook.
          to do by    team qa
                      up to 1 seat may be delegated
          excluded    nobody
          rejection   one of them may say that it cannot be done, which fails it
          form        runbook: Runbook (text; needed)
                      why: Why (text; always needed)
          failure     holds the release until somebody changes the manifest, overrules or aborts"
    `);
  });

  it('the record and its log', () => {
    const release = world().says('grace', '/done\nrunbook: docs/run.md\nwhy: asked', {}, 'handover');
    const events = recorded(release);
    expect(renderRecord(events).split('\n').slice(16, 40).join('\n')).toMatchInlineSnapshot(`
      "
      \`handover\`, to be done: 1 of team qa.

      | When | Who | What | Answers | Where |
      | --- | --- | --- | --- | --- |
      | 2026-11-23 09:00:01 UTC | grace | did it | runbook: docs/run.md<br>why: asked | [comment](https://host/c/1009) |
      | 2026-11-23 09:00:01 UTC |  | **done** |  |  |

      ## Events

      | # | When | What |
      | --- | --- | --- |
      | 1 | 2026-11-23 09:00:00 UTC | opened for bbbbbbb |
      | 2 | 2026-11-23 09:00:00 UTC | handover is to be done |
      | 3 | 2026-11-23 09:00:00 UTC | announced in issue 1 |
      | 4 | 2026-11-23 09:00:00 UTC | handover announced in issue 2 |
      | 5 | 2026-11-23 09:00:01 UTC | grace did handover |
      | 6 | 2026-11-23 09:00:01 UTC | handover is done |
      | 7 | 2026-11-23 09:00:01 UTC | succeeded |

      Rendered from the events beside this page, which are what counts. \`countersign verify\` compares both.
      "
    `);
    expect(
      commitMessage([{ release: 'r1', events: events.slice(3), before: events.slice(0, 3) }], 7),
    ).toMatchInlineSnapshot(`
      "r1: succeeded

      - r1: handover announced in issue 2
      - r1: grace did handover
      - r1: handover is done
      - r1: succeeded

      Release: r1
      Activity: handover
      Decision: done
      Done-by: grace <46291+grace@users.noreply.github.com>
      Checkpoint: 7
      "
    `);
  });

  it('the log of what cannot be done', () => {
    const events = recorded(world().says('grace', '/reject Closed\nwhy: asked', {}, 'handover'));
    const message = commitMessage([{ release: 'r1', events }], 7);
    expect(message).toContain('- r1: handover is to be done');
    expect(message).toContain('- r1: grace cannot do handover');
    expect(message).toContain('- r1: handover cannot be done');
    expect(message).toMatch(/^Decision: failed\nFailed-by: grace </m);
    expect(renderRecord(events)).toContain('**failed**');
  });

  it('what an approval was before a revision made it a task stays an approval', () => {
    const later = activity('later', { phase: 'next' });
    const { task: _, inputs: __, ...approval } = handover;
    const release = releaseWorld({ plan: manifest([{ ...approval, inputs: [] }, later]) });
    release.says('grace', '/approve', {}, 'handover').revise(manifest([{ ...handover, inputs: [] }, later]));
    release.says('linus', '/done', {}, 'handover');
    const page = renderRecord(recorded(release));
    expect(page).toContain('grace approved handover');
    expect(page).toContain('linus did handover');
  });
});

describe('the verdict on a task', () => {
  const rules = [
    {
      rule: { from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count: 1 } },
      eligible: [],
      seats: 1,
      counted: [],
      met: false,
      closed: false,
    },
  ] as const;
  const common = { rules, approvals: [person('grace')], rejections: [person('linus')] };
  const unknown = { ...common, status: 'blocked', blockage: { kind: 'unknown', why: [] } } as const;

  it('is a sentence', () => {
    const sentence = (verdict: Verdict): string => verdictSentence(verdict, markdown, 'deed');
    expect(sentence({ ...common, status: 'approved' })).toBe('Done by grace.');
    expect(sentence({ ...common, status: 'rejected', because: 'rejections' })).toBe(
      'Cannot be done, says linus.',
    );
    expect(sentence(unknown)).toBe(verdictSentence(unknown));
  });

  it('and a line', () => {
    expect(ruleLines({ ...common, status: 'approved' }, 'deed')).toEqual(['- ✅ team qa, done by grace']);
    expect(ruleLines(unknown, 'deed')).toEqual(['- ⏳ team qa']);
  });
});

const said = (answer: Answer): string =>
  answerBody(1001, 'grace', answer, handover).split('\n\n<!--')[0] as string;
const wrote = { kind: 'author' } as const;

describe('answers on the issue of a task', () => {
  it('help', () => {
    expect(said({ code: 'help' })).toMatchInlineSnapshot(`
      "@grace On this issue you can write, each in a comment of its own:

      \`\`\`
      /done handover
      runbook: (required: text)
      why: (required: text)
      \`\`\`

      - \`/done\`: what is described above is done; for those it is assigned to
      - \`/reject REASON\`: it cannot be done, and this task fails
      - \`/delegate @LOGIN\`: lets somebody do it in your place; \`/delegate off\` ends that
      - \`/defer until DATE REASON\`: puts it off; for owners and those it is assigned to
      - \`/abort REASON\`: ends the whole release; for its owners and those it is assigned to
      - \`/retry REASON\`, \`/ignore REASON\`: asks again after a failure, or goes on without it; for custodians"
    `);
    const settled = { ...handover, delegation: { max: 0 } };
    expect(answerBody(1, 'grace', { code: 'help' }, settled)).not.toContain('/delegate');
  });

  it('refuse, and say what to write', () => {
    const answers: readonly Answer[] = [
      { code: 'not-eligible' },
      { code: 'excluded' },
      { code: 'excluded', why: wrote },
      { code: 'claimed', why: wrote },
      { code: 'edited' },
      { code: 'malformed', verb: 'done', why: 'No.' },
      { code: 'malformed', verb: 'approve', why: 'No.' },
      { code: 'malformed', verb: 'reject', why: 'No.' },
      { code: 'too-late', deadline: '2026-11-23T09:00:00Z' },
      { code: 'nothing-to-withdraw' },
      { code: 'may-take-back' },
      { code: 'took-back' },
      { code: 'delegation-over', from: person('linus') },
      { code: 'no-task' },
    ];
    expect(answers.map(said).join('\n\n')).toMatchInlineSnapshot(`
      "@grace Your command was not counted: only those named above, whom this is assigned to, can do it.

      @grace Your command was not counted: the manifest excludes you from this task.

      @grace Your command was not counted: you wrote the manifest, and who did that leaves this to others.

      @grace Your command was not counted: a commit says that you wrote the manifest, and who did that leaves this to others. You may still say that it cannot be done.

      @grace Your comment was edited, so nobody can tell what it said when it was written, and this is not done until you speak again.
      Write a new comment with \`/done\`, \`/reject REASON\` or \`/withdraw\`.

      @grace \`/done\` could not be read: No.

      Copy this, fill it in and send it as a new comment:

      \`\`\`
      /done handover
      runbook: (required: text)
      why: (required: text)
      \`\`\`

      @grace \`/approve\` could not be read: No.

      Copy this, fill it in and send it as a new comment:

      \`\`\`
      /done handover
      runbook: (required: text)
      why: (required: text)
      \`\`\`

      @grace \`/reject\` could not be read: No.

      Copy this, fill it in and send it as a new comment:

      \`\`\`
      /reject REASON
      why: (required: text)
      \`\`\`

      @grace Nothing was counted: the deadline was 2026-11-23T09:00:00Z.

      @grace You have said nothing here that could be withdrawn.

      @grace Your command was not counted: this is not assigned to you any more. What you said here before stands; \`/withdraw\` takes it back.

      @grace What you said is taken back. The task does not fail by it: it is not assigned to you any more.

      @grace Your command was not counted: you spoke for linus, who may not decide here any more.

      @grace Nothing was counted: this is not a task that is done, but something to agree with. If you do, write \`/approve\`."
    `);
  });

  it('repeat a form that was not complete, whatever it came with', () => {
    const { inputs } = handover;
    const incomplete = { code: 'invalid-answers', problems: [], understood: {}, inputs } as const;
    expect(said({ ...incomplete, verb: 'approve' })).toContain('Your `/done` was not counted yet.');
    expect(said({ ...incomplete, verb: 'reject' })).toContain('/reject REASON\nwhy:');
  });
});
