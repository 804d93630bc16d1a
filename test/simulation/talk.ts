import type { Random } from './random.ts';
import type { Taste } from './specs.ts';
import type { Step, Words } from './step.ts';
import { everybody, type ReleaseSpec, roles, teams } from './subject.ts';

type Saying = Extract<Step, { readonly do: 'say' }>;

const noise = [
  '> /approve',
  '`/approve`',
  '/approved',
  'I do not /approve of this',
  '```\n/approve\n```',
  '/approve\n\n/reject no',
  '/approveit',
  '/retry',
  '/defer until tomorrow',
  '/delegate',
  'Nice work!',
] as const;

/** People who may overrule, and some who may not. */
const custodialPeople = ['mona', 'pat', 'tim', 'alan', 'mona', 'pat', 'tim', 'grace', 'zoe'] as const;

/** Mostly people who have no seat, as a delegate must not have one. */
const delegates = ['zoe', 'eve', 'alan', 'mona', 'tim', 'grace', 'robo', 'zoe', 'eve'] as const;

/** Somebody says something, and now and then something else right after, on the same thread. */
export function talk(random: Random, specs: readonly ReleaseSpec[], taste: Taste): readonly Step[] {
  const first = say(random, specs, taste);
  const soon = (words: Words, by = first.by): readonly Step[] => [
    { do: 'wait', seconds: 1 },
    ...(random.chance(0.8) ? [] : news),
    { ...first, by, words },
  ];
  switch (first.words.kind) {
    case 'approve':
      if (first.words.answers === 'wrong' && random.chance(0.7))
        return [first, ...soon({ ...first.words, answers: 'right' })];
      if (random.chance(0.75)) return [first];
      return [first, ...soon(random.pick([{ kind: 'withdraw' }, { kind: 'withdraw' }, no(random)]))];
    case 'reject':
      return random.chance(0.35) ? [first] : [first, ...overruled(random, first, taste)];
    case 'delegate': {
      const { to } = first.words;
      if (to === undefined || random.chance(0.3)) return [first];
      return [first, ...soon(random.chance(0.8) ? yes(random) : no(random), to)];
    }
    default:
      return [first];
  }
}

const news: readonly Step[] = [{ do: 'webhooks', how: 'in-order', count: 99 }, { do: 'rest' }];

/** One or two want it tried again, or passed over, at once or when the rejection is recorded. */
function overruled(random: Random, first: Saying, taste: Taste): readonly Step[] {
  const kind = random.pick(['retry', 'retry', 'ignore'] as const);
  const people = random.some(custodialPeople, 1 + random.below(2));
  const acts = people.flatMap((by): readonly Step[] => [
    { do: 'wait', seconds: 1 },
    { ...first, by, words: { kind, reasoned: random.chance(0.9) } },
  ]);
  return taste.calm || random.chance(0.5) ? acts : [...news, ...acts];
}

export function say(random: Random, specs: readonly ReleaseSpec[], taste: Taste): Saying {
  const spec = random.pick(specs);
  const words = wordsOf(random, taste);
  const acts = words.kind === 'retry' || words.kind === 'ignore' || words.kind === 'acknowledge';
  // Those who are asked speak more often, and about what comes first.
  const activity = random.chance(0.4) ? spec.activities[0] : random.pick(spec.activities);
  const asked = activity?.rules.flatMap(({ from }) => from.flatMap(peopleIn)) ?? [];
  const speaker = asked.length > 0 && random.chance(0.6) ? random.pick(asked) : random.pick(everybody);
  const tracking = words.kind === 'acknowledge' ? 0.9 : words.kind === 'abort' ? 0.3 : 0.02;
  return {
    do: 'say',
    by: acts ? random.pick(custodialPeople) : speaker,
    release: spec.name,
    activity: random.chance(tracking) ? '' : (activity?.id ?? ''),
    words,
    via: random.chance(0.94) ? 'plain' : random.pick(['email', 'app'] as const),
  };
}

/** Whom a principal means to begin with. */
function peopleIn(principal: string): readonly string[] {
  const [kind, name = ''] = principal.split(':');
  if (kind === 'user') return [name];
  if (kind === 'team') return teams[name] ?? [];
  return [...(roles[name]?.users ?? []), ...(roles[name]?.teams ?? []).flatMap((team) => teams[team] ?? [])];
}

const yes = (random: Random): Words => ({
  kind: 'approve',
  answers: random.chance(0.85) ? 'right' : 'wrong',
  risk: random.chance(0.5) ? 'High' : 'Low',
  ...(random.chance(0.25) ? { done: true } : {}),
});
const no = (random: Random): Words => ({
  kind: 'reject',
  answers: random.chance(0.9) ? 'right' : 'wrong',
  risk: random.chance(0.5) ? 'High' : 'Low',
});

export function wordsOf(random: Random, taste: Taste): Words {
  const roll = random.below(100);
  const reasoned = random.chance(0.9);
  if (roll < 58) return yes(random);
  if (roll < 68) return no(random);
  if (roll < 76) return { kind: 'withdraw' };
  if (roll < 80) return { kind: random.pick(['retry', 'ignore'] as const), reasoned };
  if (roll < 85 && taste.seats)
    return { kind: 'delegate', ...(random.chance(0.85) ? { to: random.pick(delegates) } : {}) };
  if (roll < 88 && taste.times) return { kind: 'defer', hours: random.pick([6, 18, 30]), reasoned };
  if (roll < 90) return { kind: 'acknowledge', reasoned };
  if (roll < 91 && !taste.calm) return { kind: 'abort', reasoned };
  return roll < 94 ? { kind: 'help' } : { kind: 'noise', body: random.pick(noise) };
}
