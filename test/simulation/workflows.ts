import type { CallFault } from '../../src/local-github/faults/fault.ts';
import { approvals, easier } from './approvals.ts';
import { ownerOf } from './machines.ts';
import type { Random } from './random.ts';
import type { Scenario } from './scenario.ts';
import type { Step } from './step.ts';
import type { ActivitySpec, ReleaseSpec, Starts } from './subject.ts';

/** The same scenario, in which some environments are opened for a workflow that the release starts. */
export function withWorkflows(random: Random, { settings, ...scenario }: Scenario): Scenario {
  const calm = scenario.kind === 'calm';
  // In a calm one no two releases start the same, and all of them something.
  const choose = calm ? ownFile : chooser(random);
  const tagged = calm || random.chance(0.7);
  const easy = random.chance(0.75);
  const { freeze: _, window: __, ...open } = settings ?? { custodians: 0 };
  // What has been said elsewhere need not be said so often here.
  const kept = scenario.steps.filter(({ do: what }) => what === 'bring' || calm || random.chance(0.6));
  const specs = new Map<string, ReleaseSpec>();
  let quiet = !calm;
  const steps = kept.flatMap((step): readonly Step[] => {
    const bring = step.do === 'bring' ? { ...step, spec: startingIn(random, step.spec, choose) } : undefined;
    if (bring && tagged) bring.spec = { ...bring.spec, target: 'v1' };
    if (bring && easy) bring.spec = easier(random, bring.spec);
    if (bring) specs.set(bring.spec.name, bring.spec);
    const troubled = quiet && random.chance(0.12);
    quiet ||= step.do === 'restart';
    return [
      ...(troubled ? [startingTrouble(random)] : []),
      bring ?? step,
      ...(calm ? calmly(random, step, [...specs.values()]) : wildly(random, step, [...specs.values()])),
    ];
  });
  return { ...scenario, steps, settings: settings && random.chance(0.4) ? settings : open };
}

type Choose = (release: string, activity: string) => Starts | undefined;

const ownFile: Choose = (release, activity) => ({ file: `${release}-${activity}.yml` });

/** What a release starts is the same whenever it is brought, mostly. */
function chooser(random: Random): Choose {
  const choices = new Map<string, Starts | undefined>();
  const files = [
    'deploy.yml',
    'deploy.yml',
    'deploy.yml',
    'deploy.yml',
    'deploy.yml',
    'restore.yml',
    'gone.yml',
  ];
  return (release, activity) => {
    const place = `${release}/${activity}`;
    if (!choices.has(place) || random.chance(0.15))
      choices.set(place, random.chance(0.85) ? { file: random.pick(files) } : undefined);
    return choices.get(place);
  };
}

const startingIn = (random: Random, spec: ReleaseSpec, choose: Choose): ReleaseSpec => ({
  ...spec,
  activities: spec.activities.map((one) =>
    one.opens ? starting(random, one, choose(spec.name, one.id), spec.activities) : one,
  ),
});

/** It is given an answer that surely came before, where there is one. */
function starting(
  random: Random,
  activity: ActivitySpec,
  starts: Starts | undefined,
  activities: readonly ActivitySpec[],
): ActivitySpec {
  if (activity.opens === undefined || starts === undefined) return activity;
  const surely = activities.filter(
    ({ phase, inputs, when, onFailure, timing }) =>
      phase === 'verify' &&
      (inputs === 'risk' || inputs === 'always') &&
      when === undefined &&
      onFailure !== 'continue' &&
      timing?.approves === undefined,
  );
  const given =
    activity.phase === 'production' && surely.length > 0 && random.chance(0.7)
      ? { given: random.pick(surely).id }
      : {};
  return { ...activity, opens: { ...activity.opens, starts: { ...starts, ...given } } };
}

/** What the App suffers where it starts a workflow, or looks for what it started. */
function startingTrouble(random: Random): Step {
  const on = random.pick([
    'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
    'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches',
    'GET /repos/{owner}/{repo}/actions/runs',
    'GET /repos/{owner}/{repo}/commits/{ref}',
  ]);
  const when = random.pick(['before', 'after'] as const);
  if (random.chance(0.5)) {
    const at = random.pick(['/dispatches', '/dispatches', '/dispatches', '/commits/', '/actions/runs']);
    return { do: 'crash', crash: { calls: 1, when, at }, disk: random.chance(0.9) ? 'kept' : 'lost' };
  }
  const where = { on, call: 1, times: 1 + random.below(2) };
  const faults: readonly CallFault[] = [
    { ...where, do: 'cut', when },
    { ...where, do: 'fail', status: random.pick([500, 502]), when },
    { ...where, do: 'limit', limit: random.pick(['primary', 'secondary'] as const), 'retry-after': 60 },
  ];
  return { do: 'fault', fault: random.pick(faults) };
}

function runEnds(random: Random, specs: readonly ReleaseSpec[]): readonly Step[] {
  const started = specs.flatMap(({ name, owner, activities }) =>
    activities.flatMap(({ id, opens }) => (opens?.starts ? [{ release: name, owner, activity: id }] : [])),
  );
  if (started.length === 0) return [];
  const { release, owner, activity } = random.pick(started);
  const conclusion = random.pick(['success', 'success', 'failure', 'cancelled', 'timed_out'] as const);
  const end: Step = { do: 'run-ends', release, activity, conclusion };
  const by = ownerOf(owner);
  if (conclusion === 'success' || by === undefined || random.chance(0.4)) return [end];
  const words = { kind: 'retry', reasoned: true, names: activity } as const;
  const retry: Step = { do: 'say', by, release, activity: '', words, via: 'plain' };
  return [end, { do: 'wait', seconds: 2 }, { do: 'restart' }, retry, { do: 'wait', seconds: 2 }];
}

const byHand = (random: Random): Step => ({
  do: 'run-starts',
  by: random.pick(['eve', 'mona', 'zoe']),
  file: random.pick(['deploy.yml', 'restore.yml']),
  ref: random.pick(['main', 'v1']),
});

const news: readonly Step[] = [{ do: 'webhooks', how: 'in-order', count: 99 }, { do: 'rest' }];

function wildly(random: Random, step: Step, specs: readonly ReleaseSpec[]): readonly Step[] {
  if (step.do === 'bring' && random.chance(0.5)) return [...news, ...approvals(specs, news)];
  return [
    ...(random.chance(0.12) ? runEnds(random, specs) : []),
    ...(random.chance(0.04) ? [byHand(random)] : []),
    ...(random.chance(0.02) ? approvals(specs, news) : []),
  ];
}

/** Only when the App has come to rest, so that it has started what it was to start. */
function calmly(random: Random, step: Step, specs: readonly ReleaseSpec[]): readonly Step[] {
  if (step.do !== 'restart' || random.chance(0.5)) return [];
  const rest: Step = { do: 'restart' };
  if (random.chance(0.4)) return approvals(specs, [rest]);
  const deeds = random.chance(0.85) ? runEnds(random, specs) : [byHand(random)];
  return deeds.length === 0 ? [] : [...deeds, { do: 'wait', seconds: 2 }, rest];
}
