import type { Html } from 'mdast';

/** Tags that hold nothing, or whose end people may leave out. */
const holdsNothing = new Set(
  'br hr img input meta link col wbr source p li dt dd tr td th thead tbody option'.split(' '),
);

type Change = { readonly offset: number; readonly depth: number };

/**
 * Whether an offset lies between the tags of an HTML element: what stands in `<details>` or `<blockquote>` is shown
 * folded or as a quotation, so it is no ordinary text even where Markdown sees a paragraph of its own.
 */
export const htmlSpans = (nodes: readonly Html[]): ((offset: number) => boolean) => {
  const open = new Map<string, number>();
  const changes: Change[] = [];
  for (const { value, position } of nodes) {
    countTags(value, open);
    const depth = [...open.values()].reduce((sum, count) => sum + count, 0);
    changes.push({ offset: position?.end.offset as number, depth });
  }
  return (offset) => (changes.findLast((change) => change.offset <= offset)?.depth ?? 0) > 0;
};

const countTags = (html: string, open: Map<string, number>): void => {
  const tags = html.replace(/<!--[\s\S]*?(?:-->|$)/g, '').matchAll(/<(\/?)([a-z][a-z0-9-]*)[^<>]*>/gi);
  for (const [, closing, name = ''] of tags) {
    const tag = name.toLowerCase();
    // A slash at the end means nothing in HTML: `<details/>` opens one.
    if (holdsNothing.has(tag)) continue;
    const count = open.get(tag) ?? 0;
    open.set(tag, closing === '/' ? Math.max(0, count - 1) : count + 1);
  }
};
