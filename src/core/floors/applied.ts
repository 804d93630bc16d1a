import type { Floor } from '../configuration/floor.ts';
import { type Activity, activitiesOf, isManual, type Manifest } from '../manifest/manifest.ts';
import { gatesBefore } from './gates.ts';

/** What a floor is for in a plan: activities that must not begin before its demands are met. */
export const subjectsOf = (floor: Floor, plan: Manifest): readonly Activity[] => {
  const { kind, name } = floor.for;
  const all = activitiesOf(plan);
  switch (kind) {
    case 'environment':
      return all.filter((activity) => meansEnvironment(floor, activity.environment));
    case 'uses':
      return all.filter(({ uses }) => uses === name);
    case 'profile':
      return all.filter((activity) => activity.environment !== undefined);
  }
};

/** Whether the floor says anything about a plan. */
export const isFor = (floor: Floor, plan: Manifest): boolean =>
  floor.for.kind === 'profile'
    ? (plan.profile ?? []).includes(floor.for.name)
    : subjectsOf(floor, plan).length > 0;

/** GitHub compares names of environments ignoring case, and so do we: another spelling is no way out. */
export const meansEnvironment = (floor: Floor, environment: string | undefined): boolean =>
  environment !== undefined &&
  floor.for.kind === 'environment' &&
  (floor.for.name === '*' || floor.for.name.toLowerCase() === environment.toLowerCase());

/**
 * Activities that may stand for a demanded one: those of that id, else those that use that entry of the catalog. What
 * somebody or a machine does is no approval, whatever its name (T1).
 */
export const standingFor = (demanded: string, plan: Manifest): readonly Activity[] => {
  const all = plan.phases
    .flatMap(({ activities }) => activities)
    .filter((activity) => isManual(activity) && activity.task === undefined);
  const named = all.filter(({ id }) => id === demanded);
  return named.length > 0 ? named : all.filter(({ uses }) => uses === demanded);
};

/**
 * The activities that a demand falls on before a subject: every one that stands for the demanded activity and is surely
 * approved before the subject begins. What a floor for an entry of the catalog demands of that entry falls on the subject.
 */
export const gatesFor = (
  floor: Floor,
  demanded: string,
  subject: Activity,
  plan: Manifest,
): readonly Activity[] => {
  if (floor.for.kind === 'uses' && [floor.for.name, subject.id].includes(demanded)) return [subject];
  const before = gatesBefore(plan, subject);
  return standingFor(demanded, plan).filter(({ id }) => before.has(id));
};
