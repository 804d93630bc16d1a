import { describe, expect, it } from 'vitest';
import { reasonWords } from '../../../src/core/messages/duty-words.ts';
import { keptApart } from '../../../src/core/release/apart.ts';
import { activity, manifest, releaseWorld } from '../../support/release-world.ts';

describe('T16, T7: the author of a change of the configuration', () => {
  it('is told that they wrote the change, for there is no manifest of theirs', () => {
    const signoff = activity('signoff');
    const state = releaseWorld({ plan: manifest([signoff]) }).opened();
    const wordsIn = (release: string) =>
      keptApart({ ...state, release }, signoff).map(({ why }) => reasonWords(why));
    expect(wordsIn('countersign.configuration.2')).toEqual(['wrote this change']);
    expect(wordsIn('r1')).toEqual(['wrote the manifest']);
  });
});
