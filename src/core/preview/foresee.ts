import type { Configuration } from '../configuration/configuration.ts';
import { type Floor, floorWords } from '../configuration/floor.ts';
import { adoptFloors, keepFloors } from '../floors/adopt-floors.ts';
import { activitiesOf } from '../manifest/manifest.ts';
import { type Supposed, settle, supposeOpenings, supposeRevision, supposing } from '../release/as-if.ts';

import type { Revision } from '../release/event.ts';
import type { Facts, ManifestFact } from '../release/facts.ts';
import { contingencies } from '../release/resolution.ts';
import { revisionOf } from '../release/revise.ts';
import { type OpenRelease, standingAttempts } from '../release/state.ts';
import { targetOf } from '../release/target.ts';
import { startOf } from '../release/timetable.ts';
import type { Instant } from '../values.ts';
import { compare } from './compare.ts';
import { byGravity, type Foreseen } from './foresight.ts';

/** A manifest that would be on the default branch, complete under the configuration that would rule. */
export type Proposed = Pick<
  Extract<ManifestFact, { readonly kind: 'present' }>,
  'path' | 'digest' | 'plan' | 'owners' | 'floors'
> & {
  /** What its target means now. */
  readonly target: Facts['target'];
};

/** What the default branch would define. */
export type Tomorrow = {
  readonly manifests: ReadonlyMap<string, Proposed>;
  /** Every path that would exist. */
  readonly paths: ReadonlySet<string>;
  /** The configuration that rules today: its freezes and windows hold environments now. */
  readonly today: Configuration;
  /** The configuration that would rule; undefined where it could not be used. */
  readonly configuration: Configuration | undefined;
  /** Releases whose manifest is no file of the default branch: without one they end, whatever paths exist. */
  readonly fileless: (release: string) => boolean;
};

/** What would become of open releases, and how they would stand then. */
export type Foresight = {
  readonly foreseen: readonly Foreseen[];
  /** The releases that go on, as they would be. */
  readonly after: readonly OpenRelease[];
};

/**
 * What a change of the default branch would make of open releases, through the same core that decides in earnest; looking
 * changes nothing (design 6). `opening` are manifests of releases that no record knows. The gravest comes first.
 */
export function foresee(
  open: readonly OpenRelease[],
  opening: readonly Proposed[],
  tomorrow: Tomorrow,
  at: Instant,
): Foresight {
  const foretold = open
    .map((state) => supposeOpenings(settle(supposing(state, at)), tomorrow.today))
    .filter(({ state }) => state.ended === undefined)
    .map((one) => follow(one, tomorrow));
  return {
    foreseen: byGravity([
      ...foretold.flatMap(({ foreseen }) => (foreseen === undefined ? [] : [foreseen])),
      ...opening.map((file) => opens(file, tomorrow, at)),
    ]),
    after: foretold.flatMap(({ after }) => (after === undefined ? [] : [after])),
  };
}

type Foretold = { readonly foreseen?: Foreseen; readonly after?: OpenRelease };

/** What would become of one release: the same cases as when the default branch really changes. */
function follow(one: Supposed, tomorrow: Tomorrow): Foretold {
  const { state } = one;
  const { revision, release } = state;
  const name = { release, title: revision.plan.title };
  const file = tomorrow.manifests.get(release);
  const stays = tomorrow.paths.has(revision.path) && !tomorrow.fileless(release);
  if (file === undefined && !stays) return { foreseen: { ...name, kind: 'cancelled', ...lostIn(state) } };
  // Unknown rules change nothing: the accepted ones go on.
  if (tomorrow.configuration === undefined) return { after: state };
  const next =
    file === undefined || file.digest === revision.manifest
      ? floored(revision, tomorrow.configuration)
      : revisedBy(state, file, tomorrow.configuration);
  if (next === undefined) {
    const same = held(one, tomorrow.configuration);
    const goesOn = { ...name, kind: 'goes-on', path: revision.path } as const;
    return file === undefined && same.foreseen === undefined ? { ...same, foreseen: goesOn } : same;
  }
  if (next.objections.length > 0) {
    const { objections: why, belowFloors } = next;
    return { foreseen: { ...name, kind: 'stalls', why, belowFloors }, after: state };
  }
  const revised = supposeRevision(one, next.revision, file?.target);
  const supposed = supposeOpenings(revised, tomorrow.configuration);
  const adopts = [...new Set(next.adopts.map((floor) => floorWords(floor)))];
  return {
    foreseen: { ...name, kind: 'changes', by: next.by, ...compare(one, supposed), adopts },
    after: supposed.state,
  };
}

/** Nothing is asked anew; freezes and windows may still hold or free environments. */
function held(one: Supposed, configuration: Configuration): Foretold {
  const supposed = supposeOpenings(one, configuration);
  if (supposed.happened.length === one.happened.length) return { after: one.state };
  const { release, revision } = one.state;
  const name = { release, title: revision.plan.title };
  return {
    foreseen: { ...name, kind: 'changes', by: 'configuration', ...compare(one, supposed), adopts: [] },
    after: supposed.state,
  };
}

type Next = {
  readonly revision: Revision;
  readonly adopts: readonly Floor[];
  readonly objections: readonly string[];
  readonly belowFloors: boolean;
  readonly by: 'manifest' | 'configuration';
};

/** The manifest stays; floors that are tighter reach it (T7). */
function floored(revision: Revision, configuration: Configuration): Next | undefined {
  const adopted = adoptFloors(revision, configuration);
  if (adopted === undefined) return undefined;
  const { objections, ...raised } = adopted;
  const known = new Set(revision.floors);
  const adopts = raised.floors.filter((floor) => !known.has(floor));
  return {
    revision: { ...revision, ...raised },
    adopts,
    objections,
    belowFloors: false,
    by: 'configuration',
  };
}

/** Another manifest has to meet the floors that the release was opened under as well (T7). */
function revisedBy(state: OpenRelease, file: Proposed, configuration: Configuration): Next {
  const aim = targetOf(state, file.plan, file.target);
  const accepted = revisionOf(file, configuration, { commit: state.revision.commit, authors: [] });
  const { objections, ...raised } = keepFloors(accepted, state.revision, configuration);
  const missing = 'missing' in aim ? [aim.missing] : [];
  return {
    revision: { ...accepted, ...raised },
    adopts: [],
    objections: [...objections, ...missing],
    belowFloors: objections.length > 0,
    by: 'manifest',
  };
}

const lostIn = (state: OpenRelease): Pick<Extract<Foreseen, { kind: 'cancelled' }>, 'waiting' | 'lapsed'> => {
  const standing = standingAttempts(state);
  const ids = new Set(standing.map(({ activity }) => activity));
  const people = standing.flatMap(({ votes }) => votes.map(({ elector }) => elector.person));
  return {
    waiting: activitiesOf(state.revision.plan).flatMap(({ id, title }) => (ids.has(id) ? [title] : [])),
    lapsed: [...new Map(people.map((person) => [person.id, person])).values()],
  };
};

/** A release of its own: what it would ask, in the order written. */
function opens({ plan, target }: Proposed, { configuration }: Tomorrow, at: Instant): Foreseen {
  const { release, title } = plan;
  const aim = targetOf({ kind: 'unopened', release, sequence: 0 }, plan, target);
  const apart = contingencies(plan);
  const first = new Set(
    plan.phases.filter(({ id, needs }) => needs.length === 0 && !apart.has(id)).map(({ id }) => id),
  );
  const start = startOf({ plan, ...(configuration && { calendar: configuration.calendar }) });
  const starts = start === undefined || Date.parse(start) <= Date.parse(at);
  const asks = activitiesOf(plan).map(({ id, title, approvers, environment, phase, needs }) => ({
    activity: id,
    title,
    rules: approvers,
    ...(environment === undefined ? {} : { environment }),
    begins: starts && first.has(phase) && needs.length === 0,
  }));
  return { release, title, kind: 'opens', asks, ...('missing' in aim ? { missing: aim.missing } : {}) };
}
