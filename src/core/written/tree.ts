import type { Position } from '../problem.ts';

/** A value of a written file that still knows where it stands. */
export type Node =
  | { readonly kind: 'map'; readonly position: Position; readonly entries: readonly Entry[] }
  | { readonly kind: 'list'; readonly position: Position; readonly items: readonly Node[] }
  | {
      readonly kind: 'scalar';
      readonly position: Position;
      readonly value: string | number | boolean | null;
      /** As written, without quotes: `0123` stays `0123`. */
      readonly source: string;
    };

export type Entry = { readonly key: string; readonly position: Position; readonly value: Node };

/** Keys of maps and indexes of lists, from the top of a file. */
export type Path = readonly (string | number)[];

export const start: Position = { line: 1, column: 1 };

/** The entries of a map, none where the node is something else. */
export const entriesOf = (node: Node | undefined): readonly Entry[] =>
  node?.kind === 'map' ? node.entries : [];

export const entryOf = (node: Node | undefined, key: string): Entry | undefined =>
  entriesOf(node).find((entry) => entry.key === key);

export const valueAt = (node: Node | undefined, key: string): Node | undefined => entryOf(node, key)?.value;

/** The scalar as text, undefined where the node is something else. */
export const textOf = (node: Node | undefined): string | undefined =>
  node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;

/** The items of a list; what may be written as one value or as a list is a list of one. */
export const itemsOf = (node: Node | undefined): readonly Node[] => {
  if (node === undefined) return [];
  return node.kind === 'list' ? node.items : [node];
};

/** What stands at a path, and the nearest place to point at: the key of an entry or the item itself. */
export type Spot = { readonly node: Node | undefined; readonly holder: Position };

export const spotAt = (root: Node, path: Path): Spot => {
  let spot: Spot = { node: root, holder: root.position };
  for (const step of path) spot = stepInto(spot, step);
  return spot;
};

const stepInto = ({ node, holder }: Spot, step: string | number): Spot => {
  if (node?.kind === 'list' && typeof step === 'number') {
    const item = node.items[step];
    return { node: item, holder: item?.position ?? holder };
  }
  // A key leads nowhere where somebody wrote a list instead of keys with values.
  const entry = entryOf(node, String(step));
  return { node: entry?.value, holder: entry?.position ?? holder };
};

/** Plain data for a schema. Maps have no prototype, so that a key named like one is only a key. */
export const plain = (node: Node): unknown => {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plain);
  const map: Record<string, unknown> = Object.create(null);
  for (const { key, value } of node.entries) map[key] = plain(value);
  return map;
};
