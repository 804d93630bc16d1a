import { describe, expect, it } from 'vitest';
import { resolvePlan } from '../../../src/core/floors/resolve-plan.ts';
import { bytesOf, configurationOf, planOf } from './rulebook.ts';

const problemsOf = (activity: string, written = '{}') => {
  const configuration = configurationOf(written);
  const text = `release: r1
target: { ref: main }
phases:
  verify:
    activities:
      signoff:
        ${activity.split('\n').join('\n        ')}
`;
  return resolvePlan(bytesOf(text), planOf(text, configuration), configuration).problems;
};

const found = (activity: string, configuration?: string) =>
  problemsOf(activity, configuration).map(
    ({ severity, position: { line, column }, code }) => `${severity} ${line}:${column} ${code}`,
  );

const refused = ['error 7:9 conflict'];

describe('S-081 to S-084: a quorum that the named people can never meet', () => {
  it.each([
    ['more than are named', 'approvers: { from: [user:a, user:b], require: 3 }'],
    ['one person named twice', 'approvers: { from: [user:a, user:A], require: 2 }'],
    ['all of nobody', 'approvers: { from: user:mona, require: unanimous, except: user:mona }'],
    [
      'all of nobody, with a backup',
      'approvers: { from: user:a, require: unanimous, except: user:a, backups: user:b }',
    ],
    ['the only one excluded', 'approvers: { from: user:mona }\nexclude: [user:Mona]'],
    [
      'backups that are excluded',
      'approvers: { from: user:a, backups: user:b, require: 2 }\nexclude: user:b',
    ],
    ['one person in two rules', 'approvers: [{ from: user:a }, { from: user:a, require: majority }]'],
    [
      'too few who could be let vote',
      'approvers: { from: user:a, require: 3 }\nescalate: { at: 1h, to: user:b, grant: true }',
    ],
  ])('%s is refused', (_, activity) => {
    expect(found(activity)).toEqual(refused);
  });

  it.each([
    ['as many as are named', 'approvers: { from: [user:a, user:b], require: 2 }'],
    ['a team, whose members nobody knows here', 'approvers: { from: [user:a, team:qa], require: 9 }'],
    ['a team of backups', 'approvers: { from: user:a, backups: team:qa, require: 9 }'],
    ['a team beside it', 'approvers: [{ from: user:a }, { from: team:qa, require: 9 }]'],
    ['one person who may sit in both', 'approvers: [{ from: user:a }, { from: user:a }]\ndistinct: false'],
    ['two people who can sit in either', 'approvers: [{ from: [user:a, user:b] }, { from: user:a }]'],
    [
      'somebody who is let vote',
      'approvers: { from: user:a, require: 2 }\nescalate: { at: 1h, to: user:b, grant: true }',
    ],
    [
      'what may approve by itself',
      'approvers: { from: user:a, require: 2 }\nauto-approve: { after: 1h, comment: Standard }',
    ],
    ['a task, which one person does', 'assignees: user:a'],
    ['all but one of two', 'approvers: { from: [user:a, user:b], require: { all-but: 1 } }'],
  ])('%s is not', (_, activity) => {
    expect(found(activity)).toEqual([]);
  });

  it('says what was expected, what was found, and what to do', () => {
    const sentence = (activity: string) => problemsOf(activity).map(({ message }) => message);
    expect(sentence('approvers: { from: [user:a, user:b], require: 3 }')).toEqual([
      '"signoff" could never be approved: expected 3 people of user:a, user:b, found 2 people who may. Ask for fewer, or name more.',
    ]);
    expect(sentence('approvers: { from: user:a }\nexclude: user:a')).toEqual([
      '"signoff" could never be approved: nobody is left of user:a, because whoever is named is taken away by except or exclude. Name somebody else.',
    ]);
    expect(sentence('approvers: [{ from: user:a }, { from: user:a }]')).toEqual([
      '"signoff" could never be approved: its rules ask for 2 people, and those who are named can fill 1 of these seats, because one person fills one seat only. Name more people, or write distinct: false.',
    ]);
  });

  it('is found where the configuration asks for it, too', () => {
    const catalog = 'catalog: { board: { approvers: { from: user:a, require: 2 } } }';
    expect(found('uses: board', catalog)).toEqual(['error 6:7 conflict']);
  });

  it('all but as many as there are is worth a hint: one is asked all the same', () => {
    expect(found('approvers: { from: [user:a, user:b], require: { all-but: 5 } }')).toEqual([
      'warning 7:9 conflict',
    ]);
    expect(
      found('approvers: { from: user:a, except: user:a, require: { all-but: 1 }, backups: user:b }'),
    ).toEqual([]);
  });
});

describe('S-138, S-145: a reminder or an escalation that the deadline leaves no time for is worth a hint', () => {
  const times = (...lines: readonly string[]) => found(['approvers: { from: team:qa }', ...lines].join('\n'));

  it.each([
    ['after the deadline', 'remind: 30h', 'warning 9:9 conflict'],
    ['before the activity begins', 'remind: [50%, 30h before]', 'warning 9:23 conflict'],
    ['an escalation', 'escalate: { at: 2d, to: team:sre }', 'warning 9:9 conflict'],
    [
      'one of several',
      'escalate: [{ at: 1h, to: team:sre }, { at: 25h, to: team:sre }]',
      'warning 9:48 conflict',
    ],
  ])('%s', (_, line, expected) => {
    expect(times('deadline: 24h', line)).toEqual([expected]);
  });

  it('not where there is time, or only a calendar could tell', () => {
    expect(times('deadline: 24h', 'remind: [24h, 24h before, 50%, 9 business days]')).toEqual([]);
    expect(times('deadline: 2030-01-01', 'remind: [40d before, 900h]')).toEqual([]);
    expect(times('remind: 30h')).toEqual([]);
  });
});
