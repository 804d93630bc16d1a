import { describe, expect, it } from 'vitest';
import type { QuorumRule } from '../../../src/core/manifest/manifest.ts';
import { differenceLines } from '../../../src/core/messages/difference-words.ts';
import { faultSentence } from '../../../src/core/messages/fault-words.ts';
import { type Marker, readMarker, writeMarker } from '../../../src/core/messages/marker.ts';
import { listed, plural, ruleWords } from '../../../src/core/messages/people.ts';
import { quoted } from '../../../src/core/messages/quote.ts';
import { ruleLines, verdictSentence } from '../../../src/core/messages/verdict-words.ts';
import { person } from '../../support/release-world.ts';

const key = `SHA256:${'k'.repeat(43)}`;
const digest = 'c'.repeat(64);

describe('why the record cannot be believed', () => {
  it('says what was found and what to do', () => {
    const known = { number: 7, digest };
    expect(faultSentence({ kind: 'rolled-back', known, found: { number: 5, digest } })).toMatchInlineSnapshot(
      `"The records branch was rolled back or replaced: checkpoint 7 is known, the branch ends at checkpoint 5. Restore the branch to the commit that carries checkpoint 7."`,
    );
    expect(faultSentence({ kind: 'rolled-back', known })).toMatchInlineSnapshot(
      `"The records branch was rolled back or replaced: checkpoint 7 is known, the branch has none. Restore the branch to the commit that carries checkpoint 7."`,
    );
    expect(faultSentence({ kind: 'unanchored', key, trusted: [] })).toMatchInlineSnapshot(
      `"The records branch is signed by SHA256:kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk, which nobody here trusts. Remove what was pushed there, or configure the key."`,
    );
    expect(faultSentence({ kind: 'own-key-untrusted', key, trusted: [] })).toMatchInlineSnapshot(
      `"The configuration trusts other keys than the controller's own, SHA256:kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk. Add it to records.keys, or give the controller a trusted key."`,
    );
    expect(faultSentence({ kind: 'second-genesis', branch: 'records' })).toMatchInlineSnapshot(
      `"The configuration names a records branch that does not exist, but the branch records holds the record. Name that branch in records.branch."`,
    );
    expect(
      faultSentence({ kind: 'damaged', where: 'checkpoints/000007.json', why: 'not canonical' }),
    ).toMatchInlineSnapshot(
      `"The records branch cannot be read: checkpoints/000007.json: not canonical. Restore the branch from a copy."`,
    );
  });
});

describe('differences', () => {
  it('show what was added, removed and changed, cut where they are long', () => {
    const lines = differenceLines([
      { path: 'instructions', after: '"new"' },
      { path: 'exclude', before: '["user:ada"]' },
      { path: 'title', before: '"a"', after: `"${'b'.repeat(300)}"` },
    ]);
    expect(lines.slice(0, 2)).toMatchInlineSnapshot(`
      [
        "- instructions: added "new"",
        "- exclude: removed \\[user:​ada\\]",
      ]
    `);
    expect(lines[2]).toHaveLength('- title: "a" → '.length + 201);
    expect(lines[2]).toMatch(/b…$/);
  });

  it('say in words what decides whether machines run afterwards (T2)', () => {
    const lines = differenceLines([
      { path: 'if', after: '"failure()"' },
      { path: 'granted', after: '["user:eve"]' },
      { path: 'course.deploy.if', before: '"success()"' },
      { path: 'course.deploy.after', before: '["signoff","smoke"]', after: '["signoff"]' },
      { path: 'course.deploy.failureOf', before: '["smoke"]' },
      { path: 'course.smoke.onFailure', after: '"continue"' },
      { path: 'course.other', after: '{}' },
      { path: 'machines.deploy.if', after: '1' },
    ]);
    expect(lines.map((line) => line.slice(2, line.indexOf(':')))).toEqual([
      'condition',
      'who may vote after an escalation',
      'condition of deploy',
      'what deploy waits for',
      'whose failure starts deploy',
      'what a failure of smoke brings about',
      'course.other',
      'machines.deploy.if',
    ]);
  });

  it('are counted where there are many', () => {
    const many = Array.from({ length: 23 }, (_, index) => ({ path: `p${index}`, after: '1' }));
    expect(differenceLines(many).slice(19)).toEqual(['- p19: added 1', '- … and 3 more']);
    expect(differenceLines(many.slice(0, 20))).toHaveLength(20);
  });
});

describe('people', () => {
  it('are listed as one says it', () => {
    expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'], 'or')]).toEqual([
      'nobody',
      'a',
      'a and b',
      'a, b or c',
    ]);
    expect([plural(1, 'vote', 'votes'), plural(0, 'vote', 'votes')]).toEqual(['1 vote', '0 votes']);
  });
});

describe('a verdict', () => {
  const common = { rules: [], approvals: [person('grace')], rejections: [person('linus')] };

  it('is one sentence', () => {
    expect(verdictSentence({ ...common, status: 'approved' })).toBe('Approved by grace.');
    const rejected = { ...common, status: 'rejected' } as const;
    expect(verdictSentence({ ...rejected, because: 'rejections' })).toBe('Rejected by linus.');
    expect(verdictSentence({ ...rejected, because: 'out-of-reach' })).toBe(
      'Rejected by linus: those who are left cannot be enough any more.',
    );
    expect(verdictSentence({ ...rejected, because: 'outweighed' })).toBe(
      'Rejected by linus: that is at least as many as approved.',
    );
    const waiting = { ...common, status: 'waiting', votingOpen: false, outOfReach: false } as const;
    const unblock = [person('olga'), person('pat')];
    expect(verdictSentence({ ...waiting, unblock })).toMatchInlineSnapshot(
      `"Waiting for 2 approvals; olga and pat would be enough."`,
    );
    expect(verdictSentence({ ...waiting, unblock, votingOpen: true })).toMatchInlineSnapshot(
      `"Waiting for 2 approvals; olga and pat would be enough. Nothing is decided before the voting time is over."`,
    );
    expect(verdictSentence({ ...waiting, unblock: [], votingOpen: true })).toMatchInlineSnapshot(
      `"Enough people have approved. Nothing is decided before the voting time is over."`,
    );
    expect(
      verdictSentence({ ...waiting, unblock: [], votingOpen: true, outOfReach: true }),
    ).toMatchInlineSnapshot(
      `"The others cannot be enough any more, unless somebody withdraws. Nothing is decided before the voting time is over."`,
    );
    expect(
      verdictSentence({ ...common, status: 'blocked', blockage: { kind: 'unknown', why: ['x'] } }),
    ).toMatchInlineSnapshot(`"Something needed could not be established. It is being looked at again."`);
    expect(
      verdictSentence({ ...common, status: 'blocked', blockage: { kind: 'nobody-eligible', rules: [] } }),
    ).toMatchInlineSnapshot(`"Nobody is asked to approve this. Change the manifest."`);
  });
});

describe('rules', () => {
  const qa = [{ kind: 'team', name: 'qa' }] as const;
  const owners = [{ kind: 'owners', name: 'docs/' }] as const;
  const rules: readonly QuorumRule[] = [
    { from: qa, require: { kind: 'all-but', count: 1 }, except: [{ kind: 'user', name: 'linus' }] },
    { from: owners, require: { kind: 'unanimous' }, backups: qa, inherited: false },
  ];

  it('say everything that bears on who counts', () => {
    expect(rules.map((rule) => ruleWords(rule))).toEqual([
      'everybody but 1 of team qa, without linus',
      'everybody of the owners of docs/, direct members only, team qa may stand in',
    ]);
  });

  it('are lines that tell whose turn it is', () => {
    const [first, second] = rules as [QuorumRule, QuorumRule];
    const verdict = {
      rules: [
        { rule: first, eligible: [], seats: 2, counted: [person('grace')], met: false, closed: false },
        { rule: second, eligible: [], seats: 1, counted: [], met: false, closed: true },
      ],
      approvals: [],
      rejections: [],
      status: 'waiting',
      unblock: [person('olga')],
      votingOpen: false,
      outOfReach: false,
    } as const;
    expect(verdictSentence(verdict)).toMatch(
      /Now it is the turn of everybody but 1 of team qa, without linus\.$/,
    );
    expect(ruleLines(verdict)).toEqual([
      '- ⏳ everybody but 1 of team qa, without linus: 1 of 2 (grace)',
      '- ▫️ everybody of the owners of docs/, direct members only, team qa may stand in: 0 of 1; its turn comes after the rules above',
    ]);
  });
});

describe('markers', () => {
  const markers: readonly Marker[] = [
    { kind: 'release', release: 'payments-2.4' },
    { kind: 'activity', release: 'r1', activity: 'signoff', attempt: 3, scope: digest },
    { kind: 'notice', attempt: 2, scope: digest },
    { kind: 'answer', comment: 1001, code: 'not-eligible' },
  ];

  it.each(markers)('are read back: $kind', (marker) => {
    expect(readMarker(writeMarker(marker))).toEqual(marker);
    expect(readMarker(`Words before\n\n${writeMarker(marker)}\n`)).toEqual(marker);
    expect(readMarker(`${writeMarker(marker)}\nwords after`)).toBeUndefined();
    expect(readMarker(`> ${writeMarker(marker)}`)).toBeUndefined();
  });

  it('are nothing else', () => {
    for (const body of [
      '',
      'hello',
      '<!-- countersign release=UPPER -->',
      '<!-- countersign answer=0 code=x -->',
      '<!-- countersign  release=r1 -->',
    ])
      expect(readMarker(body)).toBeUndefined();
  });
});

describe('a quotation', () => {
  it('keeps every line inside, shows HTML and mentions nobody (T18)', () => {
    expect(quoted('one\r\ntwo\rthree\n<!-- x --> & @grace')).toEqual([
      '> one',
      '> two',
      '> three',
      '> &lt;!-- x --> &amp; &#64;grace',
    ]);
  });
});
