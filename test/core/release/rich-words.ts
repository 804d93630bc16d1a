import fc from 'fast-check';
import type { Activity, Manifest } from '../../../src/core/manifest/manifest.ts';
import type { Thread } from '../../../src/core/release/facts.ts';
import { attemptsOf, latestAttempt } from '../../../src/core/release/state.ts';
import { activity, manifest } from '../../support/release-world.ts';
import { type Deed, words } from './rich-deeds.ts';
import { begin, speak } from './rich-perform.ts';
import { anyPlan } from './rich-plan.ts';
import { look, openedIn, type RichWorld } from './rich-world.ts';

type Word = Extract<Deed, { readonly kind: 'say' }>;

/** A story in which only words happen, and when somebody looks. */
export type Talk = {
  readonly plan: Manifest;
  readonly custodians: number;
  readonly all: readonly { readonly word: Word; readonly look: boolean }[];
};

/** Two activities beside one that nobody decides, so that the release goes on; nothing in them goes by time. */
const plans: fc.Arbitrary<Manifest> = anyPlan.map(({ phases, target, owner }) => {
  const all = phases.flatMap(({ activities }) => activities);
  const talked = ['a', 'go'].map((id) => calm(all.find((one) => one.id === id) ?? activity(id)));
  const other = activity('other', {
    approvers: [{ from: [{ kind: 'team', name: 'nobody' }], require: { kind: 'count', count: 1 } }],
  });
  return manifest([...talked, other], { target, ...(owner ? { owner } : {}) });
});

const calm = ({ timing: _, preconditions: __, apartFrom: ___, onFailure, ...more }: Activity): Activity => ({
  ...more,
  phase: 'verify',
  ...(onFailure?.kind === 'continue' ? { onFailure } : {}),
});

/** Also people who reject, and custodians who do not want to hear it. */
const quarrel: fc.Arbitrary<Word> = fc
  .tuple(
    fc.constantFrom(
      ...([
        ['grace', '/reject no'],
        ['linus', '/reject no'],
        ['carla', '/retry it'],
      ] as const),
      ...([
        ['carla', '/ignore it'],
        ['chen', '/ignore it'],
        ['chen', '/retry it'],
      ] as const),
    ),
    fc.constantFrom('a', 'go'),
  )
  .map(([[who, body], on]) => ({ kind: 'say', who, body, on }));
const word = fc.oneof(
  words.filter((deed): deed is Word => deed.kind === 'say' && ['a', 'go', ''].includes(deed.on)),
  quarrel,
);

export const talk: fc.Arbitrary<Talk> = fc.record({
  plan: plans,
  custodians: fc.constantFrom(1, 1, 2),
  all: fc.array(
    fc.record({
      word,
      look: fc.boolean(),
    }),
    { maxLength: 20, size: '+1' },
  ),
});

/** Plays a talk in two worlds: in one everything is looked at as soon as it is said. */
export function playTwice({ plan, custodians, all }: Talk): readonly [RichWorld, RichWorld] {
  const [eager, seldom] = [1, 2].map(() => look(begin({ plan, custodians, floor: false }), () => {})) as [
    RichWorld,
    RichWorld,
  ];
  for (const { word, look: looks } of all) {
    for (const world of [eager, seldom]) {
      world.now += 1000;
      // What is said stands where whoever looks seldom could see it.
      const attempt = latestAttempt(openedIn(seldom), word.on)?.attempt;
      const thread = threadOf(world, word.on, attempt);
      if (thread) speak(world, thread, word);
    }
    look(eager, () => {});
    if (looks) look(seldom, () => {});
  }
  return [look(eager, () => {}), look(seldom, () => {})];
}

const threadOf = (world: RichWorld, on: string, attempt: number | undefined): Thread | undefined => {
  const state = openedIn(world);
  const notices = attemptsOf(state, on).find((one) => one.attempt === attempt)?.notices;
  const issue = on === '' ? state.tracking : notices?.at(-1)?.issue;
  return issue && world.facts.threads.get(issue.number);
};

/** What a release has come to, without the moments at which it was looked at. */
export const upshotOf = (world: RichWorld) =>
  Object.values(openedIn(world).attempts)
    .flat()
    .map(({ activity: id, attempt, votes, delegations, ending, overruled, overrules }) => ({
      ...{ id, attempt, ending: ending?.kind },
      votes: votes.map(({ elector, choice }) => `${elector.person.login} ${choice}`),
      delegations: delegations.map(({ from, to }) => `${from.person.login} ${to.login}`),
      by: ending && 'by' in ending ? ending.by.map(({ login }) => login) : [],
      overrules: overrules.map(({ act, elector }) => `${elector.person.login} ${act}`),
      overruled: overruled && [overruled.act, overruled.reason, ...overruled.by.map(({ login }) => login)],
    }));
