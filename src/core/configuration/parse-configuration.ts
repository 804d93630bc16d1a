import { normalizePreconditions } from '../manifest/normalize-checks.ts';
import type { Parsed, Problem } from '../problem.ts';
import { type Calendar, defaultCalendar } from '../time/calendar.ts';
import { isZone } from '../time/clock-face.ts';
import { weekdays } from '../time/date.ts';
import { checkIds } from '../written/check-ids.ts';
import { show } from '../written/check-shape.ts';
import { error } from '../written/decode-text.ts';
import { parseWritten } from '../written/parse-written.ts';
import { present } from '../written/present.ts';
import type { Readable } from '../written/read-yaml.ts';
import { entriesOf, itemsOf, type Node, spotAt, textOf, valueAt } from '../written/tree.ts';
import { checkCatalog, checkCustodians, checkFloors } from './check-floors.ts';
import { combine, type Says } from './combine.ts';
import {
  type Configuration,
  type ConfiguredEntry,
  defaultConfiguration,
  type Role,
} from './configuration.ts';
import type { Floor } from './floor.ts';
import { configurationGrammar } from './grammar.ts';
import { checkHolds, normalizeHolds } from './holds.ts';
import { type Above, loosenings } from './loosenings.ts';
import { configuredRule, normalizeFloor } from './normalize-floor.ts';
import { type WrittenConfiguration, writtenConfiguration } from './written-configuration.ts';
import type { WrittenCatalogEntry } from './written-floor.ts';

/** Where the configuration of a repository lives. */
export const configurationPath = '.github/countersign.yml';

/** How a configuration is read where it is not one by itself. */
export type Reading = {
  /** What a floor's sources shall call the file. */
  readonly path?: string;
  /** What the repository inherits. */
  readonly above?: Above;
  /** It was adopted once: where it has come to contradict what is inherited, that wins, and nothing is in error (T7). */
  readonly adopted?: true;
};

/**
 * Reads `.github/countersign.yml`: the configuration, put together with what the repository inherits, or every problem of
 * the file with its place. Never throws.
 */
export const parseConfiguration = (
  file: Readable,
  { path = configurationPath, above, adopted }: Reading = {},
): Parsed<Configuration> => {
  const inherited = above?.configuration;
  const parsed = parseWritten(file, {
    schema: writtenConfiguration,
    grammar: configurationGrammar,
    rules: (root) =>
      adopted
        ? []
        : [
            ...checkZone(valueAt(root, 'time-zone')),
            ...checkRoles(root),
            ...checkSessions(root),
            ...checkHolds(root, inherited),
            ...checkCustodians(root, inherited),
            ...checkCatalog(root, inherited),
            ...checkFloors(root, inherited),
          ],
    normalize: (written, root) => ({
      own: normalizeConfiguration(written, root, path),
      holds: normalizeHolds(written, inherited),
      root,
    }),
  });
  if (parsed.kind === 'invalid') return parsed;
  const { own, holds, root } = parsed.value;
  if (above === undefined) return { ...parsed, value: own };
  const problems = adopted ? [] : loosenings(root, own, above);
  if (problems.length > 0) return { kind: 'invalid', problems };
  const says: Says = (keys) => spotAt(root, keys).node !== undefined;
  return { ...parsed, value: combine(own, above.configuration, { says, holds }) };
};

/**
 * Where a file says that the record is, whatever else is wrong with it: that is needed to find out what the repository
 * inherits, and so before anything in it can be judged.
 */
export const recordsIn = (file: Readable | undefined): Configuration['records'] => {
  const kind = { schema: writtenConfiguration, grammar: configurationGrammar, rules: () => [] };
  const parsed = file && parseWritten(file, { ...kind, normalize: normalizeRecords });
  return parsed?.kind === 'valid' ? parsed.value : defaultConfiguration.records;
};

const checkZone = (node: Node | undefined): readonly Problem[] => {
  const zone = textOf(node);
  if (node === undefined || zone === undefined || isZone(zone)) return [];
  const message = `Expected the name of a time zone, such as Europe/Berlin, found ${show(zone)}.`;
  return [error('invalid-value', node.position, message)];
};

const checkRoles = (root: Node): readonly Problem[] => {
  const roles = entriesOf(valueAt(root, 'roles'));
  const empty = roles
    .filter(({ value }) => value.kind === 'map' && value.entries.length === 0)
    .map(({ key, position }) =>
      error('empty', position, `Nobody holds the role "${key}". Expected users, teams or permission.`),
    );
  return [...checkIds(roles.map(({ key, position }) => ({ name: key, position }))), ...empty];
};

const checkSessions = (root: Node): readonly Problem[] =>
  checkIds(
    entriesOf(valueAt(valueAt(root, 'calendar'), 'sessions')).map(({ key, position }) => ({
      name: key,
      position,
    })),
  );

const normalizeConfiguration = (written: WrittenConfiguration, root: Node, path: string): Configuration => ({
  manifests: written.manifests ?? defaultConfiguration.manifests,
  records: normalizeRecords(written),
  calendar: normalizeCalendar(written),
  roles: Object.entries(written.roles ?? {}).map(([id, role]) => normalizeRole(id, role)),
  ...present({
    custodians: written.custodians === undefined ? undefined : configuredRule(written.custodians),
  }),
  catalog: Object.fromEntries(
    Object.entries(written.catalog ?? {}).map(([id, entry]) => [id, normalizeEntry(entry)]),
  ),
  floors: normalizeFloors(written, root, path),
  ...normalizeHolds(written),
});

const normalizeRecords = ({ records }: WrittenConfiguration): Configuration['records'] => ({
  branch: records?.branch ?? defaultConfiguration.records.branch,
  keys: [...new Set([records?.keys ?? []].flat())],
});

const normalizeCalendar = (written: WrittenConfiguration): Calendar => {
  const zone = written['time-zone'];
  const days = written.calendar;
  if (zone === undefined && days === undefined) return defaultCalendar;
  return {
    zone: zone ?? defaultCalendar.zone,
    businessDays: weekdays.filter((day) =>
      (days?.['business-days'] ?? defaultCalendar.businessDays).includes(day),
    ),
    holidays: [...new Set(days?.holidays ?? [])].sort(),
    ...present({ sessions: days?.sessions && normalizeSessions(days.sessions) }),
  };
};

type WrittenSessions = NonNullable<NonNullable<WrittenConfiguration['calendar']>['sessions']>;

const normalizeSessions = (sessions: WrittenSessions): Calendar['sessions'] =>
  Object.fromEntries(
    Object.entries(sessions).map(([id, { every, at, except = [] }]) => [
      id,
      { every, at, except: [...new Set(except)].sort() },
    ]),
  );

const normalizeEntry = ({
  title,
  instructions,
  approvers,
  preconditions,
  inputs = {},
}: WrittenCatalogEntry): ConfiguredEntry => ({
  ...present({ title, instructions }),
  approvers: [approvers ?? []].flat().map(configuredRule),
  preconditions: normalizePreconditions(preconditions),
  inputs,
});

const normalizeFloors = ({ floors }: WrittenConfiguration, root: Node, path: string): readonly Floor[] => {
  const nodes = itemsOf(valueAt(root, 'floors'));
  // What was written and what it was read from have as many items.
  return [floors ?? []].flat().map((floor, index) => normalizeFloor(floor, nodes[index] as Node, path));
};

type WrittenRole = NonNullable<WrittenConfiguration['roles']>[string];

const normalizeRole = (id: string, { users = [], teams = [], permission }: WrittenRole): Role => ({
  id,
  members: [
    ...[...new Set([users].flat())].map((name) => ({ kind: 'user', name }) as const),
    ...[...new Set([teams].flat())].map((name) => ({ kind: 'team', name }) as const),
  ],
  ...present({ permission }),
});
