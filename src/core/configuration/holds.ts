import { mentions } from '../manifest/outline.ts';
import type { Problem } from '../problem.ts';
import { defaultCalendar } from '../time/calendar.ts';
import { isZone } from '../time/clock-face.ts';
import { type Freeze, readFreeze } from '../time/freeze.ts';
import type { ChangeWindow } from '../time/window.ts';
import { show } from '../written/check-shape.ts';
import { closest } from '../written/closest.ts';
import { error } from '../written/decode-text.ts';
import { itemsOf, type Node, spotAt, textOf, valueAt } from '../written/tree.ts';
import type { Configuration } from './configuration.ts';
import type { WrittenHolds } from './written-holds.ts';

/** A freeze has to end after it begins. What cannot be read is the schema's business. */
export const checkHolds = (root: Node, inherited?: Configuration): readonly Problem[] => [
  ...checkOrder(root, inherited),
  ...checkEnvironments(root, inherited),
];

const checkOrder = (root: Node, inherited: Configuration | undefined): readonly Problem[] => {
  const zone = zoneOf(textOf(valueAt(root, 'time-zone')), inherited);
  return itemsOf(valueAt(root, 'freezes')).flatMap((node) => {
    const [from, until] = ['from', 'until'].map((key) => textOf(valueAt(node, key)));
    if (from === undefined || until === undefined) return [];
    const read = readFreeze({ name: '', from, until, environments: [] }, zone);
    if (read.kind === 'freeze' || !read.flaws.includes('order')) return [];
    const message = `This freeze would end before it begins: from ${from} until ${until}.`;
    return [error('invalid-value', spotAt(node, ['until']).holder, message)];
  });
};

/**
 * Where floors name environments, manifests may name no other. A freeze or a window for another one holds nothing; where
 * its name is close to one of theirs, that one is meant.
 */
const checkEnvironments = (root: Node, inherited: Configuration | undefined): readonly Problem[] => {
  const known = [
    ...(inherited?.floors ?? []).flatMap(({ for: { kind, name } }) => (kind === 'environment' ? [name] : [])),
    ...itemsOf(valueAt(root, 'floors')).flatMap(
      (floor) => textOf(valueAt(valueAt(floor, 'for'), 'environment')) ?? [],
    ),
  ];
  if (known.length === 0 || known.includes('*')) return [];
  const lowerCase = new Set(known.map((name) => name.toLowerCase()));
  return ['freezes', 'windows']
    .flatMap((key) => itemsOf(valueAt(root, key)))
    .flatMap((hold) => mentions(valueAt(hold, 'environments')))
    .flatMap(({ name, position }) => {
      const meant = lowerCase.has(name.toLowerCase()) ? undefined : closest(name, known);
      if (meant === undefined) return [];
      const message = `No floor of the configuration is for the environment ${show(name)}. Did you mean "${meant}"?`;
      return [error('unknown-reference', position, message)];
    });
};

/** A file that says nothing of its time zone goes by the one it inherits (decision 0033). */
const zoneOf = (written: string | undefined, inherited: Configuration | undefined): string =>
  written !== undefined && isZone(written) ? written : (inherited?.calendar ?? defaultCalendar).zone;

/** The freezes and windows of a configuration, with every end and zone resolved. */
export type Holds = { readonly freezes: readonly Freeze[]; readonly windows: readonly ChangeWindow[] };

/** What a file holds back, in its own time zone or the inherited one. */
export const normalizeHolds = (
  { freezes, windows, ...written }: WrittenHolds & { readonly 'time-zone'?: string | undefined },
  inherited?: Configuration,
): Holds => {
  const zone = zoneOf(written['time-zone'], inherited);
  return {
    freezes: [freezes ?? []].flat().flatMap(({ environments, ...freeze }) => {
      const read = readFreeze({ ...freeze, environments: [environments ?? []].flat() }, zone);
      // The rules saw that it can be read; in the zone that is inherited by now it may end before it begins, and holds nothing.
      return read.kind === 'freeze' ? [read.freeze] : [];
    }),
    windows: [windows ?? []].flat().map(({ environments, days, from, until }) => ({
      environments: [environments ?? []].flat(),
      days: [days].flat(),
      from,
      until,
      zone,
    })),
  };
};
