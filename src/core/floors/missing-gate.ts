import type { Floor } from '../configuration/floor.ts';
import { type Activity, activitiesOf, type Manifest } from '../manifest/manifest.ts';
import { standingFor } from './applied.ts';
import { loophole, phaseOf } from './gates.ts';
import { type Objection, objection, placeOf } from './objection.ts';

/** No activity of the plan is the demanded one. */
export const missingGate = (floor: Floor, demanded: string, subject: Activity): Objection =>
  objection(floor, demandOf(floor, demanded), placeOf(subject), {
    wrong: `"${subject.id}" begins without "${demanded}", which this release does not have.`,
    write: `Add it, for example as ${demanded}: { uses: ${demanded} }, and let "${subject.id}" need it.`,
  });

/** An activity of that name is there, and only has to be done; undefined: there is none (T1). */
export const taskInstead = (floor: Floor, demanded: string, plan: Manifest): Objection | undefined => {
  const named = activitiesOf(plan).find(({ id }) => id === demanded);
  if (named?.task === undefined) return undefined;
  return objection(floor, demandOf(floor, demanded), placeOf(named), {
    wrong: `"${demanded}" must be approved, and this is a task, which approves nothing.`,
    write: 'Write approvers instead of assignees.',
  });
};

/** The demanded activity is there, and the subject may begin before it was approved; undefined: it is not there. */
export const unwaitedGate = (
  floor: Floor,
  demanded: string,
  subject: Activity,
  plan: Manifest,
): Objection | undefined => {
  const [gate] = standingFor(demanded, plan);
  if (gate === undefined) return undefined;
  const way = loophole(gate, phaseOf(plan, gate));
  const demand = demandOf(floor, demanded);
  if (way !== undefined) {
    return objection(floor, demand, placeOf(gate), {
      wrong: `"${gate.id}" must be approved by people before "${subject.id}" begins, and ${way} lets it pass without.`,
      write: `Remove ${way}.`,
    });
  }
  const needs =
    gate.phase === subject.phase
      ? `needs: ${gate.id} at "${subject.id}"`
      : `needs: ${gate.phase} at the phase "${subject.phase}"`;
  return objection(floor, demand, placeOf(subject), {
    wrong: `"${subject.id}" does not wait for "${gate.id}", or not in every case.`,
    write: `Write ${needs}.`,
  });
};

const demandOf = ({ lines }: Floor, demanded: string): string => {
  const named = [`approvers.${demanded}`, `inputs.${demanded}`].find((demand) => lines[demand] !== undefined);
  return lines['activities'] === undefined ? (named ?? 'profile') : 'activities';
};
