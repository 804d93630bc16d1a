import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import type { Input } from '../../../src/core/manifest/input.ts';
import { answerWords, fieldLines } from '../../../src/core/messages/answer-words.ts';
import { answerBody } from '../../../src/core/messages/answers.ts';
import { readMarker } from '../../../src/core/messages/marker.ts';
import { renderRecord } from '../../../src/core/messages/record.ts';
import type { Answer } from '../../../src/core/release/refusal.ts';
import { evidenceOf, rollback, voteWith } from '../../support/evidence.ts';
import { opening, place } from '../../support/happenings.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';
import { activity } from '../../support/release-world.ts';

const base = { label: 'Label', required: 'optional' } as const;
const link = { kind: 'link', url: 'https://github.com/user-attachments/files/1/a.pdf' } as const;
const { sha256 } = evidenceOf(rollback);

describe('S-113, S-114: answers as people read them', () => {
  test.each([
    [true, 'yes'],
    [false, 'no'],
    [-1.5, '\\-1.5'],
    [0.0000001, '0\\.0000001'],
    [['eu', 'us'], 'eu, us'],
    [link, 'attachment https:\u200b//github.com/user-attachments/files/1/a.pdf, by reference only'],
    [
      evidenceOf(rollback),
      `docs/rollback.md at \`${'9fceb02'.padEnd(40, '0')}\` (text/markdown, 39 bytes, SHA-256 \`${sha256}\`)`,
    ],
    [
      evidenceOf(rollback, { stored: false, size: 2_097_152 }),
      `docs/rollback.md at \`${'9fceb02'.padEnd(40, '0')}\` (text/markdown, 2 MB, not stored, SHA-256 \`${sha256}\`)`,
    ],
  ])('%j', (value, words) => {
    expect(answerWords(value)).toBe(words);
  });

  test('a long one is cut before it is escaped', () => {
    expect(answerWords('*'.repeat(9), 3)).toBe('\\*\\*\\*…');
    expect(answerWords('👍👍👍', 3)).toBe('👍👍👍');
  });

  test('the page of a record links to what the record holds', () => {
    const events = [opening('x').happening, voteWith({ plan: evidenceOf(rollback), link, yes: true })].map(
      (happening, index) =>
        ({
          ...happening,
          version: 1,
          repository: place.repository,
          release: 'x',
          sequence: index + 1,
        }) as const,
    );
    const [first, second] = events;
    const plan = {
      release: 'x',
      title: 'X',
      target: { kind: 'ref', ref: 'v1' },
      phases: [{ id: 'p', title: 'P', needs: [], activities: [activity('qa-signoff')] }],
    } as const;
    if (first?.kind !== 'release-opened' || !second) throw new Error('no opening');
    const revision = { ...first.body.revision, plan };
    const page = renderRecord([{ ...first, body: { ...first.body, revision } }, second]);
    expect(page).toContain(`SHA-256 \`${sha256}\`), [stored](evidence/${sha256})<br>link: attachment`);
    expect(page).toContain('<br>yes: true |');
  });
});

describe('the form of an activity', () => {
  test('says of every field what it takes', () => {
    const inputs: readonly Input[] = [
      { ...base, id: 'risk', type: 'dropdown', options: ['Low', 'High'], required: 'always' },
      { ...base, id: 'why', type: 'text', description: 'For *auditors*.', required: 'to-approve' },
      {
        ...base,
        id: 'ready',
        type: 'checkboxes',
        items: [{ id: 'backup', label: 'Backups are <b>tested</b>' }],
      },
    ];
    expect(fieldLines(inputs).join('\n')).toMatchInlineSnapshot(`
      "- **Label** (\`risk\`, required, to reject as well): Low or High.
      - **Label** (\`why\`, required): text.
        - For \\*auditors\\*.
      - **Label** (\`ready\`, optional): a tick at each of backup, written - \\[x\\] ready.backup.
        - \`ready.backup\`: Backups are \\<b\\>tested\\</b\\>"
    `);
    expect(fieldLines([])).toEqual([]);
  });
});

describe('T18: the one answer to a wrong form', () => {
  const inputs: readonly Input[] = [
    { ...base, id: 'note', type: 'text', required: 'always' },
    { ...base, id: 'other', type: 'text', pattern: '^x$' },
  ];
  const bodyFor = (answer: Partial<Extract<Answer, { code: 'invalid-answers' }>>) =>
    answerBody(
      7,
      'grace',
      { code: 'invalid-answers', verb: 'approve', problems: [], understood: {}, inputs, ...answer },
      undefined,
    );

  test('says what was understood, what is missing and what is wrong, and shows the block with what was given', () => {
    const body = bodyFor({
      understood: { note: 'Ship it' },
      reason: 'looks good',
      problems: [
        { code: 'missing', input: 'a', sentence: '"a" (A) is missing.' },
        { code: 'pattern-mismatch', input: 'other', sentence: '"other" expects x, found "y".' },
      ],
    });
    expect(body).toMatchInlineSnapshot(`
      "@grace Your \`/approve\` was not counted yet.

      Understood:

      - \`note\`: Ship it

      Missing:

      - "a" (A) is missing.

      Wrong:

      - "other" expects x, found "y".

      Copy this, fill it in and send it as a new comment:

      \`\`\`
      /approve looks good
      note: Ship it
      other: (optional: text that matches ^x$)
      \`\`\`

      <!-- countersign answer=7 code=invalid-answers -->"
    `);
  });

  test('a rejection keeps its reason, and asks for one', () => {
    expect(bodyFor({ verb: 'reject' })).toContain('/reject REASON\nnote: ');
    expect(bodyFor({ verb: 'reject', reason: 'red tests' })).toContain('/reject red tests\nnote: ');
  });

  test.each(hostileTexts)('no text leaves its place: %j', (text) => {
    const value = text.trim();
    const body = bodyFor({
      understood: value === '' ? {} : { note: value },
      problems: [{ code: 'missing', input: 'x', sentence: text }],
    });
    expect(readMarker(body)).toEqual({ kind: 'answer', comment: 7, code: 'invalid-answers' });
    const tree = fromMarkdown(body, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
    const kinds = tree.children.map(({ type }) => type);
    expect(kinds.slice(-3)).toEqual(['paragraph', 'code', 'html']);
    expect(new Set(kinds)).toEqual(new Set(['paragraph', 'list', 'code', 'html']));
    expect(JSON.stringify(tree)).not.toMatch(/"type":"(?:image|link|heading|blockquote)"/);
  });

  test('T17: it never grows beyond what the host takes', () => {
    const long = Array.from({ length: 6 }, () => 'all of it '.repeat(900).trim());
    const understood = Object.fromEntries(long.map((text, index) => [`n${index}`, text]));
    const asked = long.map((_, index): Input => ({ ...base, id: `n${index}`, type: 'text' }));
    const body = bodyFor({ understood, inputs: asked });
    expect(body.length).toBeLessThan(65_536);
    expect(body).toContain('n0: (optional: text)');
  });
});
