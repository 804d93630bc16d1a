import type { CallFault } from '../../src/local-github/faults/fault.ts';
import { approvals, easier } from './approvals.ts';
import { ownerOf } from './machines.ts';
import type { Random } from './random.ts';
import type { Scenario } from './scenario.ts';
import type { Step } from './step.ts';
import type { ReleaseSpec } from './subject.ts';
import { fileInto, filesInto, type Place } from './workflow-files.ts';

/** The same scenario, in which our rule is on in some environments, and jobs of workflows wait for them. */
export function withJobs(random: Random, { settings, ...scenario }: Scenario): Scenario {
  const calm = scenario.kind === 'calm';
  const places = random.pick<readonly Place[]>([
    ['production'],
    ['production'],
    ['staging'],
    ['production', 'staging'],
  ]);
  const tagged = calm || random.chance(0.75);
  const easy = random.chance(0.75);
  const kept = scenario.steps.filter(({ do: what }) => what === 'bring' || calm || random.chance(0.4));
  const specs = new Map<string, ReleaseSpec>();
  const steps = kept.flatMap((step): readonly Step[] => {
    const bring = step.do === 'bring' ? { ...step, spec: deploying(random, step.spec, places, calm) } : step;
    if (bring.do === 'bring') {
      if (tagged) bring.spec = { ...bring.spec, target: 'v1' };
      if (easy) bring.spec = easier(random, bring.spec);
    }
    const isFirst = bring.do === 'bring' && !specs.has(bring.spec.name);
    if (bring.do === 'bring') specs.set(bring.spec.name, bring.spec);
    const more = calm
      ? calmly(random, step, [...specs.values()], places)
      : wildly(random, isFirst, [...specs.values()], places);
    const troubled = !calm && random.chance(0.08);
    return [...(troubled ? [answerTrouble(random)] : []), bring, ...more];
  });
  const begin = calm || random.chance(0.7) ? places.map((place) => protect(random, place)) : [];
  const { freeze: _, window: __, ...open } = settings ?? { custodians: 0 };
  const held = settings && random.chance(0.3) ? settings : open;
  return { ...scenario, steps: [...begin, ...steps], settings: held };
}

const protect = (random: Random, environment: Place): Step => ({
  do: 'protect',
  environment,
  gaps: random.pick([[], [], ['bypass'], ['branches', 'bypass']] as const),
});

/** What is started deploys to the environment that was opened for it, mostly. */
const deploying = (
  random: Random,
  spec: ReleaseSpec,
  places: readonly Place[],
  calm: boolean,
): ReleaseSpec => ({
  ...spec,
  activities: spec.activities.map((one) => {
    const { opens } = one;
    const place = places.find((other) => other === opens?.environment.toLowerCase());
    if (opens?.starts === undefined || place === undefined || !(calm || random.chance(0.75))) return one;
    const owner = { release: spec.name, activity: one.id };
    const file = calm ? fileInto(place, owner) : random.pick(filesInto(place));
    return { ...one, opens: { ...opens, starts: { ...opens.starts, file } } };
  }),
});

const people = ['eve', 'mona', 'zoe'] as const;

function starts(random: Random, places: readonly Place[]): Step {
  const file = random.pick(filesInto(random.pick(places)));
  const ref = random.pick(['v1', 'v1', 'v1', 'main'] as const);
  return { do: 'run-starts', by: random.pick(people), file, ref };
}

/** What people do with runs that deploy. */
function jobDeed(random: Random, places: readonly Place[]): Step {
  const which = random.pick([0, 0, 0, 1]);
  const by = random.pick(people);
  const roll = random.below(100);
  if (roll < 45) return starts(random, places);
  const conclusion = random.pick(['success', 'success', 'failure'] as const);
  if (roll < 70) return { do: 'job-ends', which, conclusion };
  if (roll < 88) return { do: 'run-again', by, which };
  return { do: 'run-cancelled', by, which };
}

/** What was let in fails, the owner has it tried again, and somebody starts the run again. */
function anew(random: Random, specs: readonly ReleaseSpec[], rest: readonly Step[]): readonly Step[] {
  const owned = specs.filter(
    ({ owner, activities }) => ownerOf(owner) !== undefined && activities.some(({ opens }) => opens),
  );
  if (owned.length === 0) return [];
  const { name: release, owner, activities } = random.pick(owned);
  const by = ownerOf(owner) ?? '';
  const names = random.pick(activities.filter(({ opens }) => opens !== undefined)).id;
  const words = { kind: 'retry', reasoned: true, names } as const;
  const pause: Step = { do: 'wait', seconds: 2 };
  const retry: readonly Step[] = [
    { do: 'say', by, release, activity: '', words, via: 'plain' },
    pause,
    ...rest,
  ];
  const again: readonly Step[] = [{ do: 'run-again', by: random.pick(people), which: 0 }, pause, ...rest];
  const fails: Step = { do: 'job-ends', which: 0, conclusion: 'failure' };
  return [fails, pause, ...rest, ...(random.chance(0.6) ? [...retry, ...again] : [...again, ...retry])];
}

/** What the App suffers where it answers a job that waits, or looks for one. */
function answerTrouble(random: Random): Step {
  const when = random.pick(['before', 'after'] as const);
  if (random.chance(0.5)) {
    const at = random.pick(['/deployment_protection_rule', '/deployment_protection_rule', '/check-runs']);
    return { do: 'crash', crash: { calls: 1, when, at }, disk: random.chance(0.9) ? 'kept' : 'lost' };
  }
  const on = random.pick([
    'POST /repos/{owner}/{repo}/actions/runs/{id}/deployment_protection_rule',
    'POST /repos/{owner}/{repo}/actions/runs/{id}/deployment_protection_rule',
    'GET /repos/{owner}/{repo}/actions/runs/{id}',
    'GET /repos/{owner}/{repo}/actions/runs/{id}/attempts/{attempt}',
    'GET /repos/{owner}/{repo}/actions/runs',
  ]);
  const where = { on, call: 1, times: 1 + random.below(2) };
  const faults: readonly CallFault[] = [
    { ...where, do: 'cut', when },
    { ...where, do: 'cut', when },
    { ...where, do: 'fail', status: random.pick([500, 502]), when },
    { ...where, do: 'limit', limit: random.pick(['primary', 'secondary'] as const), 'retry-after': 60 },
  ];
  return { do: 'fault', fault: random.pick(faults) };
}

const news: readonly Step[] = [{ do: 'webhooks', how: 'in-order', count: 99 }, { do: 'rest' }];
/** Nobody tells the App; an hour later it looks by itself. */
const silence: readonly Step[] = [
  { do: 'webhooks', how: 'lost', count: 99 },
  { do: 'resync' },
  { do: 'rest' },
];

function wildly(
  random: Random,
  isFirst: boolean,
  specs: readonly ReleaseSpec[],
  places: readonly Place[],
): readonly Step[] {
  if (isFirst && random.chance(0.65)) {
    const early = random.chance(0.3) ? [starts(random, places)] : [];
    return [...early, ...news, ...approvals(specs.slice(-1), news), starts(random, places), ...news];
  }
  if (random.chance(0.03)) return [protect(random, random.pick(places))];
  if (!random.chance(0.2)) return [];
  const after = random.chance(0.6) ? news : random.chance(0.3) ? silence : [];
  if (random.chance(0.15)) return anew(random, specs, news);
  return [jobDeed(random, places), { do: 'wait', seconds: random.pick([1, 2, 30]) }, ...after];
}

/**
 * Only when the App has come to rest, so that it has let in what it was to let in; and only where one release asks for that:
 * which of several is first, and which run it takes, is a matter of moments.
 */
function calmly(
  random: Random,
  step: Step,
  specs: readonly ReleaseSpec[],
  places: readonly Place[],
): readonly Step[] {
  if (step.do !== 'restart' || random.chance(0.4)) return [];
  const rest: Step = { do: 'restart' };
  if (specs.length > 1 || random.chance(0.35)) return approvals(specs, [rest]);
  if (random.chance(0.15)) return anew(random, specs, [rest]);
  return [jobDeed(random, places), { do: 'wait', seconds: 2 }, rest];
}
