import { activitiesOf } from '../../../src/core/manifest/manifest.ts';
import type { Facts, Thread } from '../../../src/core/release/facts.ts';
import { askingAttempts, latestAttempt } from '../../../src/core/release/state.ts';
import { commit, person, team } from '../../support/release-world.ts';
import { untouched } from '../../support/untouched.ts';
import type { Beginning, Deed, Neighbour, Rule } from './rich-deeds.ts';
import { endRun } from './rich-gates.ts';
import { custodiansOf, demanding, factOf, rulesWith } from './rich-plan.ts';
import {
  changeThread,
  comment,
  instant,
  openedIn,
  type Place,
  type RichWorld,
  richWorld,
} from './rich-world.ts';

const resolutions: Facts['resolutions'] = {
  'team:qa': team(11, 'ada', 'grace', 'linus', 'olga'),
  'team:product': team(12, 'pat', 'grace'),
  'team:sre': team(13, 'sam', 'rosa', 'linus'),
  'team:governance': team(14, 'carla', 'chen', 'ada'),
  'user:mona': { kind: 'user', ...person('mona') },
};
const away = { kind: 'unknown', why: 'timeout' } as const;

/** A release about to begin. */
export function begin({ plan, custodians, floor }: Beginning, place?: Place): RichWorld {
  const rules = rulesWith({ custodians: custodiansOf(custodians), floors: floor ? [demanding(false)] : [] });
  const configuration = { kind: 'known', value: rules } as const;
  const world = richWorld(
    plan,
    {
      head: commit('a'),
      timely: true,
      manifest: { kind: 'absent' },
      configuration,
      target: { commit: commit('b'), tag: true, since: commit('0') },
      duties: { base: commit('0'), target: commit('b'), found: away },
      resolutions,
      ...untouched(),
      mayDispatch: { kind: 'known', value: true },
    },
    place,
  );
  write(world, { plan, by: 'ada' });
  return world;
}

const threadOn = ({ facts, state }: RichWorld, on: string): Thread | undefined => {
  if (state.kind !== 'opened') return undefined;
  const number = on === '' ? state.tracking?.number : latestAttempt(state, on)?.notices.at(-1)?.issue.number;
  return number === undefined ? undefined : facts.threads.get(number);
};

/** Does one deed in a world. Words on a thread that is not there are not said. */
export function perform(world: RichWorld, deed: Deed): void {
  // Two things may happen within one second.
  if (world.nextId % 3 > 0) world.now += 1000;
  const { facts, host } = world;
  const change = (more: Partial<Facts>): void => {
    world.facts = { ...world.facts, ...more };
  };
  switch (deed.kind) {
    case 'say': {
      const thread = threadOn(world, deed.on);
      if (thread) speak(world, thread, deed);
      return;
    }
    case 'edit':
    case 'delete': {
      const thread = threadOn(world, deed.on);
      if (thread) takeBack(world, thread, deed);
      return;
    }
    case 'advance':
      advance(world);
      return;
    case 'quarrel':
      for (const on of waitingIn(world).slice(0, 1))
        for (const [who, body] of [
          ['grace', '/reject no'],
          ['linus', '/reject no'],
          [deed.who, `/${deed.verb} we know why`],
        ] as const)
          perform(world, { kind: 'say', who, body, on });
      return;
    case 'trouble':
      runCheck(world, { kind: 'check', name: 'smoke', conclusion: 'failure', forged: false });
      perform(world, { kind: 'deploy', state: 'failure' });
      perform(world, { kind: 'run ends', conclusion: 'failure' });
      world.now += 1000;
      perform(world, { kind: 'say', who: deed.who, body: `/${deed.verb} ${deed.id} we know why`, on: '' });
      return;
    case 'pass':
      world.now += deed.minutes * 60_000;
      return;
    case 'check':
      runCheck(world, deed);
      return;
    case 'deploy': {
      world.nextId += 1;
      const at = instant(world.now);
      const ended = { id: world.nextId, environment: 'production', state: deed.state, ended: at };
      const earlier = host.deployments.kind === 'known' ? host.deployments.value : [];
      host.deployments = { kind: 'known', value: [ended, ...earlier] };
      return;
    }
    case 'run ends':
      endRun(host, host.workflowRuns[0]?.id, { conclusion: deed.conclusion, at: instant(world.now) });
      return;
    case 'answer':
      host.answer = deed.how;
      return;
    case 'blind':
      host.blind = new Set([...host.blind, deed.what]);
      return;
    case 'guard':
      host.guard = deed.guard;
      return;
    case 'neighbour':
      change({ elsewhere: deed.other === 'ends' ? [] : [neighbour(world, deed.other)] });
      return;
    case 'rule':
      change({ configuration: ruled(world, deed.rule) });
      write(world, world.written);
      return;
    case 'revise':
      write(world, deed);
      return;
    case 'move':
      change({ target: { commit: commit(deed.to), tag: true, since: commit('0') } });
      return;
    case 'committers':
      change({ duties: committersAre(world, deed.who) });
      return;
    case 'staff':
      change({ resolutions: { ...resolutions, 'team:qa': team(11, ...deed.members) } });
      return;
    case 'invalid':
      change({ manifest: { kind: 'invalid', path: 'releases/r1.yml' } });
      return;
    case 'remove':
      change({ manifest: { kind: 'absent' } });
      return;
    case 'foreign':
      world.nextId += 1;
      change({
        foreign: [
          ...facts.foreign,
          { commit: String(world.nextId).padStart(40, '0'), paths: ['releases/r1/x'], author: 'mallory' },
        ],
      });
      return;
    case 'hide':
      change({ resolutions: Object.fromEntries(Object.keys(resolutions).map((name) => [name, away])) });
      return;
    case 'untimely':
      change({ timely: false });
      return;
    case 'lose issue': {
      const threads = new Map([...facts.threads].slice(0, -1));
      const unrecorded = facts.unrecorded.filter(({ issue }) => threads.has(issue.number));
      change({ threads, unrecorded });
      return;
    }
    case 'return':
      host.blind = new Set();
      host.answer = 'run';
      host.guard = { kind: 'known', value: [] };
      change({
        resolutions,
        timely: true,
        configuration: facts.configuration.kind === 'known' ? facts.configuration : ruled(world, 'free'),
        duties: committersAre(world, ['linus']),
        target: { commit: commit('b'), tag: true, since: commit('0') },
      });
      return;
  }
}

/** The manifest on the default branch, judged by the configuration beside it. */
function write(world: RichWorld, written: RichWorld['written']): void {
  const { plan, by } = written;
  const manifest = factOf(plan, world.facts, [{ person: person(by), proof: 'proven' }]);
  world.written = written;
  world.facts = { ...world.facts, manifest };
}

/** Activities that wait for people. */
const waitingIn = ({ state }: RichWorld): readonly string[] =>
  state.kind === 'opened' ? askingAttempts(state).map(({ activity }) => activity) : [];

function advance(world: RichWorld): void {
  for (const name of ['lint', 'smoke'])
    runCheck(world, { kind: 'check', name, conclusion: 'success', forged: false });
  for (const on of waitingIn(world)) {
    const thread = threadOn(world, on);
    const isTask = activitiesOf(openedIn(world).revision.plan).some(({ id, task }) => id === on && task);
    for (const who of thread ? ['grace', 'linus', 'olga', 'pat'] : []) {
      world.now += 1000;
      if (thread) speak(world, thread, { kind: 'say', who, body: isTask ? '/done' : '/approve', on });
    }
  }
}

export function speak(
  world: RichWorld,
  thread: Thread,
  { who, body, how }: Extract<Deed, { kind: 'say' }>,
): void {
  const writer = { kind: 'person', person: person(who) } as const;
  const said = comment(world, writer, body, false, { byEmail: how === 'mail' });
  const throughApp = how === 'app' ? { throughApp: 'helper' } : {};
  world.host.writers.set(said.id, { kind: 'known', value: { author: person(who).id, ...throughApp } });
  changeThread(world, thread, (one) => ({ ...one, comments: [...one.comments, said] }));
}

function takeBack(
  world: RichWorld,
  thread: Thread,
  { kind, who }: Extract<Deed, { kind: 'edit' | 'delete' }>,
): void {
  const last = thread.comments.findLast(
    ({ writer }) => writer.kind === 'person' && writer.person.login === who,
  );
  if (!last) return;
  world.nextId += 1;
  const deletion = { comment: world.nextId, writer: last.writer, at: instant(world.now) };
  changeThread(world, thread, (one) =>
    kind === 'edit'
      ? {
          ...one,
          comments: one.comments.map((each) =>
            each.id === last.id ? { ...each, body: 'hm', edited: true } : each,
          ),
        }
      : {
          ...one,
          comments: one.comments.filter(({ id }) => id !== last.id),
          deletions: [...one.deletions, deletion],
        },
  );
}

function runCheck(world: RichWorld, { name, conclusion, forged }: Extract<Deed, { kind: 'check' }>): void {
  world.nextId += 1;
  const at = instant(world.now);
  const path = `.github/workflows/${forged ? 'forged' : name}.yml`;
  const run = {
    ...{
      id: world.nextId,
      name,
      app: 'github-actions',
      url: `https://host/r/${world.nextId}`,
      startedAt: at,
    },
    workflow: { path, event: 'push', run: world.nextId },
    ...(conclusion === '' ? {} : { ended: { conclusion, at } }),
  };
  world.host.runs = [...world.host.runs, run];
}

function neighbour({ now }: RichWorld, other: Exclude<Neighbour, 'ends'>): Facts['elsewhere'][number] {
  const at = instant(now);
  const stands = {
    waits: 'waits',
    rejected: 'rejected',
    open: 'open',
    takes: 'open',
    supersedes: 'waits',
  } as const;
  const same = other === 'waits' || other === 'rejected' || other === 'open';
  return {
    release: 'r2',
    openedAt: at,
    ended: false,
    supersedes: other === 'supersedes',
    commit: commit(same ? 'b' : 'c'),
    environments: [{ name: 'production', stand: stands[other] }],
    openings: other === 'takes' ? [{ environment: 'production', commit: commit('c'), at }] : [],
  };
}

function ruled({ facts, now }: RichWorld, rule: Rule): Facts['configuration'] {
  if (rule === 'unknown') return { kind: 'unknown', why: 'it has errors' };
  const before = facts.configuration.kind === 'known' ? facts.configuration.value : rulesWith({});
  const hour = 3_600_000;
  const freeze = {
    ...{ name: 'Freeze', from: instant(now - hour), until: instant(now + 2 * hour), environments: [] },
  };
  const days = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
  const window = { days, from: '13:00', until: '16:00', zone: 'Europe/Berlin', environments: ['production'] };
  const more = {
    freeze: { freezes: [freeze] },
    window: { windows: [window] },
    floor: { floors: [demanding(false)] },
    'guarded floor': { floors: [demanding(true)] },
    free: { freezes: [], windows: [] },
  };
  return { kind: 'known', value: { ...before, ...more[rule] } };
}

const committersAre = (
  { state }: RichWorld,
  who: readonly string[] | undefined,
): NonNullable<Facts['duties']> => ({
  base: commit('0'),
  target: state.kind === 'opened' ? state.target.commit : commit('b'),
  found:
    who === undefined
      ? away
      : {
          kind: 'known',
          value: {
            commits: 3,
            committers: who.map((login) => ({
              person: person(login),
              proof: 'proven',
              commits: [commit('d')],
            })),
            unattributable: [],
          },
        },
});
