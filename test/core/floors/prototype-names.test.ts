import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../src/core/configuration/parse-configuration.ts';
import { amendmentLines } from '../../../src/core/messages/amendment-words.ts';
import { ownValue } from '../../../src/core/written/own-value.ts';
import { bytesOf, configurationOf, judge } from './rulebook.ts';

const guarded = { go: { environment: 'moon' } };
const on = (text: string, inherited: string) => {
  const above = { configuration: configurationOf(inherited), repository: 'acme/.github' };
  return parseConfiguration(bytesOf(text), { above });
};
const floor = (demands: string) => `floors: [{ for: { environment: moon }, ${demands} }]\n`;

describe('S-052, T1: what every object has is a fine name', () => {
  it('is no key of a table that does not say it', () => {
    expect([ownValue({ a: 1 }, 'a'), ownValue<number>({ a: 1 }, 'constructor')]).toEqual([1, undefined]);
  });

  it.each(['activities: [constructor]', 'inputs: { constructor: [constructor] }'])(
    'for an activity that a floor demands: %s',
    (demands) => {
      const gate = `{ approvers: { from: team:a }, inputs: { constructor: { type: text, required: true } } }`;
      const { problems } = judge(
        floor(demands),
        `constructor: ${gate}\ngo: { needs: constructor, approvers: { from: team:a } }`,
        guarded,
      );
      expect(problems).toEqual([]);
    },
  );

  it.each([
    floor('approvers: { constructor: { from: team:qa, require: 1 } }'),
    floor('inputs: { constructor: [a] }'),
    'catalog: { constructor: { title: One, inputs: { constructor: { type: text } } } }\n',
    'catalog: { audit: { inputs: { constructor: { type: text } } } }\n',
    "calendar: { sessions: { constructor: { every: tue, at: '14:00' } } }\n",
  ])('in a repository, on top of what it inherits: %s', (text) => {
    const inherited = `${floor('activities: [audit]')}calendar: { sessions: { cab: { every: tue, at: '14:00' } } }\n`;
    expect(on(text, inherited)).toMatchObject({ kind: 'valid', problems: [] });
  });

  it('in the words about a change of the configuration', () => {
    const [before, after] = ['approvers: { constructor: { from: team:qa } }', 'activities: [audit]'].map(
      (demands) => configurationOf(floor(demands)),
    );
    if (!before || !after) throw new Error('no configuration');
    expect(amendmentLines(before, after)[0]).toContain('**looser**');
  });
});
