import { withDemands } from '../manifest/check-demand.ts';
import { ownValue } from '../written/own-value.ts';
import { present } from '../written/present.ts';
import type { Configuration, ConfiguredEntry } from './configuration.ts';
import type { Holds } from './holds.ts';
import { areEnoughCustodians, loosenedField, remainderOf } from './tighter-parts.ts';

/** Parts that are inherited where a file says nothing of them, even where it would mean its own default. */
const speakable = {
  manifests: ['manifests'],
  'time-zone': ['time-zone'],
  calendar: ['calendar'],
  'calendar.business-days': ['calendar', 'business-days'],
} as const satisfies { readonly [part: string]: readonly string[] };

/** Whether the repository's own file says something itself, by path. */
export type Says = (path: readonly string[]) => boolean;

/** What comes of one part. Where the repository's own would loosen what it inherits, the inherited wins. */
type Combine<T> = (own: T, inherited: T, context: Context) => T;

type Context = { readonly says: Says; readonly above: Configuration };

/**
 * How every part of a repository's configuration is put together with the one it inherits. A new part does not compile
 * until somebody has thought about it. What a file must not say is an error (`loosenings`); a configuration that was adopted
 * before it was, is not, so that nothing may be looser here whatever it says (T7).
 */
const parts: { readonly [K in Exclude<keyof Required<Configuration>, 'own'>]: Combine<Configuration[K]> } = {
  manifests: (own, inherited, { says }) => (says(speakable.manifests) ? own : inherited),
  // A record must not move because another repository changed (T8).
  records: (own) => own,
  calendar: (own, inherited, context) =>
    context.says(speakable['time-zone']) || context.says(speakable.calendar)
      ? calendarOf(own, inherited, context)
      : inherited,
  roles: (own, inherited) => [
    ...inherited,
    ...own.filter(({ id }) => !inherited.some((role) => role.id === id)),
  ],
  custodians: (own, inherited, { above }) =>
    areEnoughCustodians(own, above) ? (own ?? inherited) : inherited,
  catalog: (own, inherited, { above }) => ({
    ...inherited,
    ...Object.fromEntries(
      Object.entries(own).map(([id, entry]) => [id, entryOf(id, entry, ownValue(inherited, id), above)]),
    ),
  }),
  floors: (own, inherited) => [...inherited, ...own],
  freezes: (own, inherited) => [...inherited, ...own],
  // For other environments only: one more window would be one more time to open.
  windows: (own, inherited) => [...inherited, ...own.flatMap((window) => remainderOf(window, inherited))],
};

/** What is known of a repository's file besides what it means by itself. */
type Spoken = {
  readonly says: Says;
  /** Its own freezes and windows in the time zone that rules: by itself it means UTC where it says nothing. */
  readonly holds: Holds;
};

/** A repository's configuration on top of the one it inherits (decision 0033). */
export const combine = (
  own: Configuration,
  inherited: Configuration,
  { says, holds }: Spoken,
): Configuration => {
  const context = { says, above: inherited };
  return {
    manifests: parts.manifests(own.manifests, inherited.manifests, context),
    records: parts.records(own.records, inherited.records, context),
    calendar: parts.calendar(own.calendar, inherited.calendar, context),
    roles: parts.roles(own.roles, inherited.roles, context),
    ...present({ custodians: parts.custodians(own.custodians, inherited.custodians, context) }),
    catalog: parts.catalog(own.catalog, inherited.catalog, context),
    floors: parts.floors(own.floors, inherited.floors, context),
    freezes: parts.freezes(holds.freezes, inherited.freezes, context),
    windows: parts.windows(holds.windows, inherited.windows, context),
    own: {
      configuration: own,
      spoken: Object.entries(speakable).flatMap(([part, path]) => (says(path) ? [part] : [])),
    },
  };
};

const calendarOf: Combine<Configuration['calendar']> = (own, inherited, { says }) => ({
  zone: says(speakable['time-zone']) ? own.zone : inherited.zone,
  businessDays: says(speakable['calendar.business-days']) ? own.businessDays : inherited.businessDays,
  holidays: [...new Set([...inherited.holidays, ...own.holidays])].sort(),
  ...present({
    sessions: own.sessions || inherited.sessions ? { ...own.sessions, ...sessionsOf(inherited) } : undefined,
  }),
});

/** A board goes by the clock of the file that it is written in: another zone would move what it holds back (T7). */
const sessionsOf = ({
  zone,
  sessions = {},
}: Configuration['calendar']): Configuration['calendar']['sessions'] =>
  Object.fromEntries(Object.entries(sessions).map(([id, session]) => [id, { zone, ...session }]));

const entryOf = (
  id: string,
  own: ConfiguredEntry,
  inherited: ConfiguredEntry | undefined,
  above: Configuration,
): ConfiguredEntry => ({
  ...inherited,
  ...own,
  approvers: own.approvers.length > 0 ? own.approvers : (inherited?.approvers ?? []),
  preconditions: withDemands(inherited?.preconditions ?? [], own.preconditions),
  inputs: {
    ...inherited?.inputs,
    ...Object.fromEntries(
      Object.entries(own.inputs).filter(
        ([input, written]) => loosenedField(above, id, input, written) === undefined,
      ),
    ),
  },
});
