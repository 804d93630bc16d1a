import { expect, it } from 'vitest';
import {
  anotherRepository,
  inheritedApart,
  inheritedBroken,
  inheritedGone,
} from '../../../src/core/messages/inheritance-words.ts';

const from = 'acme/.github';
const recorded = { repository: { id: 7, name: from }, commit: 'c'.repeat(40), digest: 'd'.repeat(64) };

it('T7: every sentence about what is inherited says whose it is, and what to do', () => {
  const sentences = [
    inheritedGone(from, recorded),
    anotherRepository(from, recorded),
    inheritedBroken(from, '.github/countersign.yml has errors.'),
    inheritedApart(from),
  ];
  expect(sentences).toMatchInlineSnapshot(`
    [
      "The organization's configuration acme/.github ruled here and cannot be read any more. Put the file back at acme/.github, .github/countersign.yml (SHA-256 dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd), or give the App access to that repository again; to end it, commit one there that demands nothing.",
      "acme/.github is another repository than the one whose configuration ruled here. Commit the configuration of the earlier one there first (SHA-256 dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd); what changes it after that is decided there.",
      "The organization's configuration acme/.github cannot be used: .github/countersign.yml has errors. Correct it there.",
      "The configuration of this repository cannot be put together with the organization's (acme/.github). Correct it: the check countersign/manifest says where.",
    ]
  `);
});
