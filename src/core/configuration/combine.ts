import { present } from '../written/present.ts';
import type { Configuration, ConfiguredEntry } from './configuration.ts';

/** Whether the repository's own file says something itself, by path: `says('calendar', 'holidays')`. */
export type Says = (...path: readonly string[]) => boolean;

/** What comes of one part, where the repository's own does not loosen what it inherits. */
type Combine<T> = (own: T, inherited: T, says: Says) => T;

/**
 * How every part of a repository's configuration is put together with the one it inherits. A new part does not compile
 * until somebody has thought about it: a part that could loosen a demand has to be checked in `loosenings` as well.
 */
const parts: { readonly [K in keyof Required<Configuration>]: Combine<Configuration[K]> } = {
  manifests: (own, inherited, says) => (says('manifests') ? own : inherited),
  // A record must not move because another repository changed (T8).
  records: (own) => own,
  calendar: (own, inherited, says) =>
    says('time-zone') || says('calendar') ? calendarOf(own, inherited, says) : inherited,
  roles: (own, inherited) => [
    ...inherited,
    ...own.filter(({ id }) => !inherited.some((role) => role.id === id)),
  ],
  custodians: (own, inherited) => own ?? inherited,
  catalog: (own, inherited) => ({
    ...inherited,
    ...Object.fromEntries(Object.entries(own).map(([id, entry]) => [id, entryOf(entry, inherited[id])])),
  }),
  floors: (own, inherited) => [...inherited, ...own],
  freezes: (own, inherited) => [...inherited, ...own],
  // For other environments only: one more window would be one more time to open.
  windows: (own, inherited) => [...inherited, ...own],
};

/** A repository's configuration on top of the one it inherits (decision 0033). */
export const combine = (own: Configuration, inherited: Configuration, says: Says): Configuration => ({
  manifests: parts.manifests(own.manifests, inherited.manifests, says),
  records: parts.records(own.records, inherited.records, says),
  calendar: parts.calendar(own.calendar, inherited.calendar, says),
  roles: parts.roles(own.roles, inherited.roles, says),
  ...present({ custodians: parts.custodians(own.custodians, inherited.custodians, says) }),
  catalog: parts.catalog(own.catalog, inherited.catalog, says),
  floors: parts.floors(own.floors, inherited.floors, says),
  freezes: parts.freezes(own.freezes, inherited.freezes, says),
  windows: parts.windows(own.windows, inherited.windows, says),
});

const calendarOf: Combine<Configuration['calendar']> = (own, inherited, says) => ({
  zone: says('time-zone') ? own.zone : inherited.zone,
  businessDays: says('calendar', 'business-days') ? own.businessDays : inherited.businessDays,
  holidays: [...new Set([...inherited.holidays, ...own.holidays])].sort(),
  ...present({
    sessions: own.sessions || inherited.sessions ? { ...own.sessions, ...inherited.sessions } : undefined,
  }),
});

const entryOf = (own: ConfiguredEntry, inherited: ConfiguredEntry | undefined): ConfiguredEntry => ({
  ...inherited,
  ...own,
  approvers: own.approvers.length > 0 ? own.approvers : (inherited?.approvers ?? []),
  inputs: { ...inherited?.inputs, ...own.inputs },
});
