import type { Duty } from './manifest.ts';

/** What follows `approvers:` is the id of an activity. */
const APPROVERS = 'approvers:';

/** Does an entry of `exclude` name people by what they did, and not by who they are? */
export const isDuty = (text: string): boolean => text === 'committers' || text.startsWith(APPROVERS);

/** The duties among the entries of `exclude`, each once, as data; the texts keep the grammar already. */
export const parseDuties = (written: readonly string[]): readonly Duty[] =>
  [...new Set(written)]
    .filter(isDuty)
    .map((text) =>
      text === 'committers'
        ? { kind: 'committers' }
        : { kind: 'approvers', activity: text.slice(APPROVERS.length) },
    );

/** A duty the way people write it. */
export const writtenDuty = (duty: Duty): string =>
  duty.kind === 'committers' ? duty.kind : `${APPROVERS}${duty.activity}`;

/** Lists of duties as one, each once. Undefined where there is none: what means the default is left out. */
export const mergeDuties = (...lists: readonly (readonly Duty[])[]): readonly Duty[] | undefined => {
  const merged = new Map(lists.flat().map((duty) => [writtenDuty(duty), duty]));
  return merged.size === 0 ? undefined : [...merged.values()];
};
