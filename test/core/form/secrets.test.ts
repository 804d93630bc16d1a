import { describe, expect, test } from 'vitest';
import { secretIn, withoutSecrets } from '../../../src/core/form/secrets.ts';
import type { Input } from '../../../src/core/manifest/input.ts';
import { base, codes, judgeComment } from './fields.ts';

const secrets: readonly (readonly [string, string])[] = [
  ['a GitHub token', `ghp_${'a1'.repeat(18)}`],
  ['a GitHub token', `gho_${'a1'.repeat(18)}`],
  ['a GitHub token', `ghs_${'a1'.repeat(18)}`],
  ['a GitHub token', 'ghp_local_grace'],
  ['a GitHub token', `github_pat_${'a1'.repeat(30)}`],
  ['an AWS access key', `AKIA${'A1'.repeat(8)}`],
  ['an AWS access key', `ASIA${'A1'.repeat(8)}`],
  ['a private key', '-----BEGIN RSA PRIVATE KEY-----'],
  ['a private key', '-----BEGIN PRIVATE KEY-----'],
  ['a Slack token', `xoxb-${'1'.repeat(12)}-abcdef`],
  ['a Slack token', `xapp-${'1'.repeat(12)}-abcdef`],
];

const types: readonly Input[] = [
  { ...base, id: 'why', type: 'text' },
  { ...base, id: 'share', type: 'number' },
  { ...base, id: 'risk', type: 'dropdown', options: ['Low'] },
  { ...base, id: 'regions', type: 'multi-select', options: ['eu'] },
  { ...base, id: 'tests', type: 'checkbox' },
  { ...base, id: 'ready', type: 'checkboxes', items: [{ id: 'a', label: 'A' }] },
  { ...base, id: 'plan', type: 'file' },
  { ...base, id: 'ticket', type: 'url' },
  { ...base, id: 'day', type: 'date' },
  { ...base, id: 'deputy', type: 'user' },
];

describe('T19: credentials in answers', () => {
  test.each(secrets)('%s is refused by every type and never repeated: %s', (what, secret) => {
    for (const input of types) {
      const result = judgeComment([input], `/approve\n${input.id}: see ${secret} here`);
      expect(codes(result)).toEqual([`${input.id}: secret`]);
      expect(JSON.stringify(result)).not.toContain(secret);
      expect(JSON.stringify(result)).toContain(what);
    }
  });

  test.each(secrets)('%s is not repeated where nothing was asked, nor in a list: %s', (_, secret) => {
    const stray = judgeComment([], `/approve\n\n\`\`\`yaml\n"${secret}": 1\n\`\`\``);
    expect(codes(stray)).toEqual([': unknown-input']);
    expect(JSON.stringify(stray)).not.toContain(secret);
    const listed = judgeComment(types, `/approve\n\n\`\`\`yaml\nregions: [eu, "${secret}"]\n\`\`\``);
    expect(codes(listed)).toEqual(['regions: secret']);
  });

  test.each(['ghp_', 'CHG-4711', 'the AKIA of things', '-----BEGIN CERTIFICATE-----', 'xoxo-hugs'])(
    '%s is none',
    (text) => {
      expect(secretIn(text)).toBeUndefined();
      expect(withoutSecrets(text)).toBe(text);
    },
  );

  test.each(secrets)('%s leaves a reason that goes on the record: %s', (what, secret) => {
    expect(withoutSecrets(`because ${secret} and ${secret}`)).toContain(`because [${what} was here]`);
    expect(withoutSecrets(`because ${secret} and ${secret}`)).not.toContain(secret);
  });
});
