import { failure } from './failure.ts';

export type PageArguments = {
  readonly first?: number | null;
  readonly after?: string | null;
  readonly last?: number | null;
  readonly before?: string | null;
};

export type Connection<T> = {
  readonly totalCount: number;
  readonly filteredCount: number;
  readonly nodes: readonly T[];
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly pageInfo: {
    readonly startCursor: string | null;
    readonly endCursor: string | null;
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
  };
};

const LARGEST_PAGE = 100;

const encodeCursor = (key: string, index: number): string =>
  Buffer.from(`cursor:v2:${index}:${key}`).toString('base64');

/** The position right after (or before) the item a cursor names; the index serves once that item is gone. */
function positionOf(cursor: string, keys: readonly string[], name: string): { at: number; found: boolean } {
  const parts = /^cursor:v2:(\d+):(.*)$/s.exec(Buffer.from(cursor, 'base64').toString('utf8'));
  if (!parts)
    throw failure(
      'INVALID_CURSOR_ARGUMENTS',
      `\`${cursor}\` does not appear to be a valid cursor for the ${name} connection.`,
    );
  const at = keys.indexOf(parts[2] ?? '');
  return at >= 0 ? { at, found: true } : { at: Math.min(Number(parts[1]), keys.length), found: false };
}

function checkBounds(args: PageArguments, name: string): { field: 'first' | 'last'; count: number } {
  const field = typeof args.first === 'number' ? 'first' : 'last';
  const count = args[field];
  if (typeof count !== 'number') {
    throw failure(
      'MISSING_PAGINATION_BOUNDARIES',
      `You must provide a \`first\` or \`last\` value to properly paginate the \`${name}\` connection.`,
    );
  }
  if (typeof args.first === 'number' && typeof args.last === 'number') {
    throw failure(
      'UNPROCESSABLE',
      `Passing both \`first\` and \`last\` to paginate the \`${name}\` connection is not supported.`,
    );
  }
  if (count < 0 || count > LARGEST_PAGE) {
    throw failure(
      'EXCESSIVE_PAGINATION',
      `Requesting ${count} records on the \`${name}\` connection exceeds the \`${field}\` limit of ${LARGEST_PAGE} records.`,
    );
  }
  return { field, count };
}

/**
 * One page of `items`, which come in their final order. `keyOf` must be unique and stable, so that a cursor
 * survives insertions. As GitHub does, a page needs exactly one of `first` and `last`, at most 100.
 */
export function paginate<T>(
  name: string,
  items: readonly T[],
  args: PageArguments,
  keyOf: (item: T) => string | number,
): Connection<T> {
  const { field, count } = checkBounds(args, name);
  const keys = items.map((item) => String(keyOf(item)));
  const after = args.after ? positionOf(args.after, keys, name) : undefined;
  const before = args.before ? positionOf(args.before, keys, name) : undefined;
  const low = after ? after.at + (after.found ? 1 : 0) : 0;
  const high = Math.max(low, before ? before.at : items.length);
  const from = field === 'first' ? low : Math.max(low, high - count);
  const to = field === 'first' ? Math.min(high, low + count) : high;
  const edges = items
    .slice(from, to)
    .map((node, index) => ({ cursor: encodeCursor(keys[from + index] ?? '', from + index), node }));
  return {
    totalCount: items.length,
    filteredCount: items.length,
    nodes: edges.map((edge) => edge.node),
    edges,
    pageInfo: {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: to < items.length,
      hasPreviousPage: from > 0,
    },
  };
}
