import { describe, expect, it } from 'vitest';
import { activity, manifest, person, releaseWorld, team } from '../../support/release-world.ts';
import { asked, resolutions, roles, share, why } from './sign-off.ts';

const answered = '/approve\nwhy: the tests are green\nshare: 5';
const world = () => releaseWorld({ plan: manifest([asked]), roles, resolutions });

describe('the issue of an activity', () => {
  it('says what waits, of whom, and how to answer (S-033–S-036, S-127, S-148, G-40)', () => {
    expect(world().thread().title).toMatchInlineSnapshot(`"r1: Sign-off by *QA*"`);
    expect(world().thread().body).toMatchInlineSnapshot(`
      "**⏳ Awaiting approval.** Waiting for 4 approvals; linus, pat, sam and grace would be enough.

      Release \`r1\`, phase \`verify\`, activity \`signoff\`, attempt 1.
      Target: \`bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\` (v1). Scope: \`9462671\`.

      ### Instructions

      > Look at the dashboard.
      > 
      > Ask &#64;grace &lt;b>first&lt;/b>.

      ### Approvals

      - ⏳ 2 of team qa: 0 of 2
      - ⏳ more than half of role manager or sam: 0 of 2
      - Authors of the manifest do not vote: ada

      ### Your turn

      @acme/qa, @pat and @sam: answer with a comment. To approve:

      - **Why now?** (\`why\`, required): text of at least 5 characters.
      - **Share** (\`share\`, optional): a number from 0 to 100.

      \`\`\`
      /approve signoff @9462671
      why: (required: text of at least 5 characters)
      share: (optional: a number from 0 to 100)
      \`\`\`

      To reject:

      \`\`\`
      /reject REASON
      \`\`\`

      \`/withdraw\` takes your vote back, \`/abort REASON\` ends the whole release, \`/help\` explains the rest. Edited comments do not count: write a new one.

      <!-- countersign release=r1 activity=signoff attempt=1 scope=9462671fbae99f8f926e6361e054d1e6921377717bc522401a270d5ab9c3ecf1 -->"
    `);
  });

  it('shows who voted, with reasons and values, and what is in doubt (S-128)', () => {
    const voted = world().says('grace', `${answered}`).says('pat', 'hm').edits('pat', 'hm, hm');
    expect(voted.thread().body.split('### Your turn')[0]).toMatchInlineSnapshot(`
      "**⛔ Blocked.** What these people want is in doubt until they speak again: pat (comment edited).

      Release \`r1\`, phase \`verify\`, activity \`signoff\`, attempt 1.
      Target: \`bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\` (v1). Scope: \`9462671\`.

      ### Instructions

      > Look at the dashboard.
      > 
      > Ask &#64;grace &lt;b>first&lt;/b>.

      ### Approvals

      - ⏳ 2 of team qa: 1 of 2 (grace)
      - ⏳ more than half of role manager or sam: 0 of 2
      - Authors of the manifest do not vote: ada
      - ⚠️ a comment of pat was edited; they have to speak again

      ### Votes

      - grace [approved](https://host/c/1009) at 2026-11-23T09:00:01Z
        - Why now?: the tests are green
        - Share: 5

      "
    `);
  });

  it('shows a decision', () => {
    const done = world()
      .says('grace', answered)
      .says('linus', answered)
      .says('pat', answered)
      .says('sam', answered);
    expect(done.thread().body).toMatchInlineSnapshot(`
      "**✅ Completed.** Approved by linus, pat, sam and grace.

      Release \`r1\`, phase \`verify\`, activity \`signoff\`, attempt 1.
      Target: \`bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\` (v1). Scope: \`9462671\`.

      ### Instructions

      > Look at the dashboard.
      > 
      > Ask &#64;grace &lt;b>first&lt;/b>.

      ### Approvals

      - ✅ 2 of team qa: 2 of 2 (linus and grace)
      - ✅ more than half of role manager or sam: 2 of 2 (pat and sam)
      - Authors of the manifest do not vote: ada

      ### Votes

      - grace [approved](https://host/c/1009) at 2026-11-23T09:00:01Z
        - Why now?: the tests are green
        - Share: 5
      - linus [approved](https://host/c/1014) at 2026-11-23T09:00:02Z
        - Why now?: the tests are green
        - Share: 5
      - pat [approved](https://host/c/1019) at 2026-11-23T09:00:03Z
        - Why now?: the tests are green
        - Share: 5
      - sam [approved](https://host/c/1024) at 2026-11-23T09:00:04Z
        - Why now?: the tests are green
        - Share: 5

      <!-- countersign release=r1 activity=signoff attempt=1 scope=9462671fbae99f8f926e6361e054d1e6921377717bc522401a270d5ab9c3ecf1 -->"
    `);
    expect(
      world().says('grace', '/reject The tests are red').thread().body.split('\n')[0],
    ).toMatchInlineSnapshot(`"❌ Rejected by grace: The tests are red"`);
  });

  it('shows which votes a change ended', () => {
    const voted = world().says('grace', answered);
    voted.revise(manifest([{ ...asked, title: 'Other', inputs: [why] }]));
    expect(
      voted.thread().body.split('### What changed')[1]?.split('### Your turn')[0],
    ).toMatchInlineSnapshot(`
      "

      The manifest changed, so the votes of grace lapsed:
      - inputs.share: removed { type: number, label: Share, max: 100, min: 0 }
      - title: "Sign-off by \\*QA\\*" → "Other"

      "
    `);
    expect(voted.answers().at(-1)).toMatchInlineSnapshot(`
      "The manifest of \`r1\` changed, and with it what is approved here. Now \`@5ce4ffb\` waits for @acme/qa, @pat and @sam.
      The votes of grace lapsed.

      - inputs.share: removed { type: number, label: Share, max: 100, min: 0 }
      - title: "Sign-off by \\*QA\\*" → "Other"

      <!-- countersign notice attempt=1 scope=5ce4ffbaf34eb624e4aee7f89a3b57f6f2be10e11aeb2a3ff6f31dacf5d983c4 -->"
    `);
    const silent = world().revise(manifest([{ ...asked, title: 'Other' }]));
    expect(silent.answers().at(-1)?.split('\n')[1]).toBe('Nobody had voted before.');
    expect(silent.thread().body).toContain('The manifest changed:');
  });

  it('of an attempt that was replaced says so, and keeps its votes with the inputs they answered', () => {
    const before = world().says('grace', answered).says('grace', '/reject no');
    const { number } = before.thread().issue;
    before.revise(manifest([{ ...asked, inputs: [] }]));
    expect(before.facts.threads.get(number)?.body).toMatchInlineSnapshot(`
      "**↪️ Superseded.** What had to be decided here has changed; a new attempt has taken its place.

      Release \`r1\`, phase \`verify\`, activity \`signoff\`, attempt 1.

      ### Votes

      - grace [rejected](https://host/c/1014) at 2026-11-23T09:00:02Z: no

      <!-- countersign release=r1 activity=signoff attempt=1 scope=9462671fbae99f8f926e6361e054d1e6921377717bc522401a270d5ab9c3ecf1 -->"
    `);
    const approved = releaseWorld({
      plan: manifest([activity('signoff', { inputs: [share] }), activity('x')]),
    }).says('grace', '/approve\nshare: 5');
    const issue = approved.thread().issue.number;
    approved.revise(manifest([activity('signoff'), activity('x')]));
    expect(approved.facts.threads.get(issue)?.body).toContain('share: 5');
  });

  it('of an attempt that ended without a decision says why', () => {
    const first = (left: ReturnType<typeof world>) => left.thread().body.split('\n')[0];
    expect(first(world().change({ manifest: { kind: 'absent' } }))).toMatchInlineSnapshot(
      `"**🚫 Aborted.** The release was cancelled."`,
    );
    const plan = manifest([activity('signoff'), activity('x')]);
    const returned = releaseWorld({ plan });
    const { number } = returned.thread().issue;
    returned.revise(manifest([activity('x')])).revise(plan);
    expect(returned.facts.threads.get(number)?.body).toMatchInlineSnapshot(`
      "**🚫 Aborted.** The manifest stopped asking for this.

      Release \`r1\`, phase \`verify\`, activity \`signoff\`, attempt 1.

      <!-- countersign release=r1 activity=signoff attempt=1 scope=9828798ea45ed0838f14e0cce0e47af6665c2e03160fc73aa35a74a3fb4973b1 -->"
    `);
  });

  it('tells who wrote the manifest and who is only said to have', () => {
    const authors = [
      { person: person('ada'), proof: 'proven' },
      { person: person('olga'), proof: 'claimed' },
    ] as const;
    expect(releaseWorld({ authors }).thread().body).toContain(
      '- Authors of the manifest do not vote: ada\n- Named as authors by a commit, so they may only reject: olga\n',
    );
    expect(releaseWorld({ authors: [] }).thread().body).not.toContain('uthors');
  });

  it('calls the people of a role by name (S-031)', () => {
    const plan = manifest([
      activity('signoff', {
        approvers: [{ from: [{ kind: 'role', name: 'manager' }], require: { kind: 'unanimous' } }],
      }),
    ]);
    const managed = releaseWorld({ plan, roles, resolutions });
    expect(managed.thread().body).toContain('@pat: answer with a comment.');
    expect(managed.thread().body).toContain('everybody of role manager');
  });

  it('asks approvers in general where nobody can be mentioned', () => {
    const from = [{ kind: 'team', name: 'qa.web' }] as const;
    const approvers = [{ from, require: { kind: 'unanimous' } }] as const;
    const managed = releaseWorld({
      plan: manifest([activity('signoff', { approvers })]),
      resolutions: { 'team:qa.web': team(11, 'grace') },
    });
    expect(managed.thread().body).toContain('Approvers: answer with a comment.');
    managed.revise(manifest([activity('signoff', { title: 'Other', approvers })]));
    expect(managed.answers().at(-1)?.split('\n')[0]).toMatch(/Now `@[0-9a-f]{7}` waits\.$/);
  });
});

describe('what is in the way', () => {
  const blocked = (members: readonly string[], count: number) =>
    releaseWorld({
      plan: manifest([
        activity('signoff', {
          approvers: [{ from: [{ kind: 'team', name: 'qa' }], require: { kind: 'count', count } }],
        }),
      ]),
      resolutions: { 'team:qa': team(11, ...members) },
    });

  it('is one sentence', () => {
    expect(blocked(['ada'], 1).sentence()).toMatchInlineSnapshot(
      `"Nobody is left who may approve for "1 of team qa". Add people, or change the manifest."`,
    );
    expect(blocked(['grace'], 3).sentence()).toMatchInlineSnapshot(
      `"Even if everybody eligible approved, 2 approvals would be missing, because one person fills one seat only. Add people, or change the manifest."`,
    );
    expect(world().says('pat', 'hm').deletes('pat').sentence()).toMatchInlineSnapshot(
      `"What these people want is in doubt until they speak again: pat (comment deleted)."`,
    );
    expect(
      releaseWorld().says('grace', '/approve', { unattested: true }).thread().body.split('\n')[0],
    ).toMatchInlineSnapshot(`"**⛔ Blocked.** GitHub could not be asked who wrote a comment: timeout."`);
    expect(releaseWorld().change({ resolutions: {} }).thread().body.split('\n')[0]).toMatchInlineSnapshot(
      `"**⛔ Blocked.** GitHub could not be asked who team:​qa is."`,
    );
  });
});
