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
  ...checkOrder(root),
  ...checkEnvironments(root, inherited),
];

const checkOrder = (root: Node): readonly Problem[] => {
  const zone = zoneOf(textOf(valueAt(root, 'time-zone')));
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

const zoneOf = (written: string | undefined): string =>
  written !== undefined && isZone(written) ? written : defaultCalendar.zone;

/** Freezes and windows with every end and zone resolved. */
export const normalizeHolds = ({
  freezes,
  windows,
  ...written
}: WrittenHolds & { readonly 'time-zone'?: string | undefined }): {
  readonly freezes: readonly Freeze[];
  readonly windows: readonly ChangeWindow[];
} => {
  const zone = zoneOf(written['time-zone']);
  return {
    freezes: [freezes ?? []].flat().map(({ environments, ...freeze }) => {
      const read = readFreeze({ ...freeze, environments: [environments ?? []].flat() }, zone);
      // The rules saw that it can be read.
      return (read as Extract<typeof read, { readonly kind: 'freeze' }>).freeze;
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
