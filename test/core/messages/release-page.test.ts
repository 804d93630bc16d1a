import { describe, expect, it } from 'vitest';
import { activity, commit, manifest, releaseWorld } from '../../support/release-world.ts';
import { asked, resolutions, roles } from './sign-off.ts';

describe('the issue of a release', () => {
  it('shows where every phase and activity stands (S-028, S-117, S-118, S-121, S-125, S-126, S-130)', () => {
    const plan = manifest(
      [asked, activity('smoke', { needs: ['signoff'] }), activity('go', { phase: 'production' })],
      {
        title: 'Payments 2.4',
        owner: { kind: 'team', name: 'payments' },
      },
    );
    const running = releaseWorld({ plan, roles, resolutions });
    expect(running.thread('').title).toMatchInlineSnapshot(`"Release r1: Payments 2.4"`);
    expect(running.thread('').body).toMatchInlineSnapshot(`
      "**On hold. 1 activity requires your input.**

      Target: \`bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\` (v1).
      Manifest: \`releases/r1.yml\` at \`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\`.
      Owner: team payments.

      ### verify: Waiting for approval (1 pending)

      - ⏳ Sign-off by \\*QA\\*: Awaiting approval — #2
      - ▫️ smoke: Pending (after signoff)

      ### production: Pending

      - ▫️ go: Pending

      <!-- countersign release=r1 -->"
    `);
    expect(running.check('countersign/release/r1')).toMatchInlineSnapshot(`
      {
        "conclusion": "action_required",
        "externalId": "r1 checkpoint=4:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
        "name": "countersign/release/r1",
        "nodeId": "C_1008",
        "summary": "**On hold. 1 activity requires your input.**

      Target: \`bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\` (v1).
      Manifest: \`releases/r1.yml\` at \`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\`.
      Owner: team payments.

      ### verify: Waiting for approval (1 pending)

      - ⏳ Sign-off by \\*QA\\*: Awaiting approval — #2
      - ▫️ smoke: Pending (after signoff)

      ### production: Pending

      - ▫️ go: Pending

      Followed in [#1](https://host/i/1).
      Recorded: 4 events.",
        "title": "On hold: 1 activity requires your input",
      }
    `);
    expect(running.check('countersign/release/r1/verify/signoff')).toMatchInlineSnapshot(`
      {
        "conclusion": "action_required",
        "externalId": "r1/signoff 1 9462671 checkpoint=4:cccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc",
        "name": "countersign/release/r1/verify/signoff",
        "nodeId": "C_1007",
        "summary": "Waiting for 4 approvals; linus, pat, sam and grace would be enough.

      - ⏳ 2 of team qa: 0 of 2
      - ⏳ more than half of role manager or sam: 0 of 2

      Decide on [#2](https://host/i/2).

      Attempt 1, scope \`9462671\`.",
        "title": "Awaiting approval",
      }
    `);
  });

  it('shows what the release does not explain', () => {
    const moved = releaseWorld().change({ target: { commit: commit('d'), tag: true } });
    const line = (now: typeof moved) =>
      now
        .thread('')
        .body.split('\n')
        .find((one) => one.includes('Deviation'));
    expect(line(moved)).toMatchInlineSnapshot(
      `"⚠️ Deviation: \`v1\` now means \`dddddddddddddddddddddddddddddddddddddddd\`. This release keeps \`bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\`."`,
    );
    const foreign = [{ commit: commit('f'), author: 'mallory', paths: ['releases/r1/events/000009.json'] }];
    const touched = releaseWorld().change({ foreign });
    expect(line(touched)).toMatchInlineSnapshot(
      `"⛔ Deviation: commit \`ffffffffffffffffffffffffffffffffffffffff\` on the records branch is not the controller's and touches this release. Its gate stays closed until custodians take note of it with \`/acknowledge REASON\` here."`,
    );
    expect(touched.thread().body).toMatchInlineSnapshot(`
      "**⛔ Blocked.** Somebody else wrote to the record of this release, so nothing is decided here any more.

      Release \`r1\`, phase \`verify\`, activity \`signoff\`, attempt 1.
      Target: \`bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\` (v1). Scope: \`9828798\`.

      ### Approvals

      - ⏳ 1 of team qa: 0 of 1
      - Authors of the manifest do not vote: ada

      <!-- countersign release=r1 activity=signoff attempt=1 scope=9828798ea45ed0838f14e0cce0e47af6665c2e03160fc73aa35a74a3fb4973b1 -->"
    `);
    expect(touched.thread('').body.split('\n')[0]).toMatchInlineSnapshot(
      `"**Closed. Somebody else wrote to the record of this release.**"`,
    );
  });

  it('shows the end, and a target that was written as a commit', () => {
    const plan = manifest([activity('signoff')], { target: { kind: 'sha', sha: commit('b') } });
    expect(releaseWorld({ plan }).says('grace', '/approve').thread('').body).toMatchInlineSnapshot(`
      "**Succeeded.**

      Target: \`bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\`.
      Manifest: \`releases/r1.yml\` at \`aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\`.

      ### verify: Completed

      - ✅ signoff: Completed — #2

      <!-- countersign release=r1 -->"
    `);
  });
});
