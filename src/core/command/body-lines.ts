import type { Code, Html, Paragraph, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { present } from '../written/present.ts';
import { htmlSpans } from './html-spans.ts';

/**
 * What a line of a comment may be: `prose` may begin a command or an answer, `item` (of a list) only an answer,
 * `inside` (a code span or an HTML comment that began above) neither; `none` is everything that people read as
 * quoted, coded, hidden or laid out.
 */
export type LineRole = 'prose' | 'item' | 'inside' | 'none';

export type Line = {
  readonly text: string;
  readonly role: LineRole;
  /** The content of a fenced `yaml` block that begins here. */
  readonly yaml?: string;
  /** What Markdown takes the line into: the whole of a heading or a quotation, and the text of a list. */
  readonly within?: Container;
};

export type Container = 'heading' | 'quotation' | 'list';

/** Deeper containers are quotes of quotes and mean the same; parsing them takes a stack frame for every marker. */
const deepestContainer = 8;

const marker = String.raw`[ \t]*(?:>|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$)|\[\^[^\]\s]{1,99}\]:)`;

const tooDeep = new RegExp(`^((?:${marker}){${deepestContainer}})(?:${marker})+`, 'gm');

/**
 * Emphasis and links do not change which line is a command, and their search for partners takes quadratic time in
 * hostile text (T17); without them they are plain text.
 */
const onlyBlocks = {
  disable: {
    null: [
      'attention',
      'strikethrough',
      'labelStartImage',
      'labelStartLink',
      'labelEnd',
      'gfmFootnoteCall',
      'gfmPotentialFootnoteCall',
    ],
  },
};

/** The lines of a comment as GitHub's Markdown reads them; line ends of every kind are taken as one. */
export const bodyLines = (body: string): readonly Line[] => {
  const source = body.replace(/\r\n?/g, '\n').replace(tooDeep, '$1');
  const tree = fromMarkdown(source, {
    extensions: [gfm(), onlyBlocks],
    mdastExtensions: [gfmFromMarkdown()],
  });
  const roles = rolesOf(tree);
  const containers = containersOf(tree);
  const fences = new Map(tree.children.filter(isYaml).map((code) => [lineOf(code), code.value]));
  const hidden = htmlSpans(tree.children.flatMap(htmlOf));
  let offset = 0;
  return source.split('\n').map((text, index): Line => {
    const here = offset;
    offset += text.length + 1;
    const yaml = fences.get(index + 1);
    if (hidden(here)) return { text, role: 'none' };
    const role = roles.get(index + 1) ?? 'none';
    const within = role === 'item' ? 'list' : containers.get(index + 1);
    return { text, role, ...present({ yaml, within }) };
  });
};

const isYaml = (node: RootContent): node is Code => node.type === 'code' && /^ya?ml$/i.test(node.lang ?? '');

const htmlOf = (node: RootContent): readonly Html[] => {
  if (node.type === 'html') return [node];
  return node.type === 'paragraph' ? node.children.filter((child) => child.type === 'html') : [];
};

const rolesOf = (tree: Root): ReadonlyMap<number, LineRole> => {
  const roles = new Map<number, LineRole>();
  for (const node of tree.children) {
    if (node.type === 'paragraph') markParagraph(roles, node, 'prose');
    if (node.type !== 'list') continue;
    for (const item of node.children) {
      for (const child of item.children) if (child.type === 'paragraph') markParagraph(roles, child, 'item');
    }
  }
  return roles;
};

const containersOf = (tree: Root): ReadonlyMap<number, Container> => {
  const containers = new Map<number, Container>();
  for (const node of tree.children) {
    if (node.type !== 'heading' && node.type !== 'blockquote') continue;
    const container = node.type === 'heading' ? 'heading' : 'quotation';
    for (let line = lineOf(node); line <= lastLineOf(node); line++) containers.set(line, container);
  }
  return containers;
};

const markParagraph = (roles: Map<number, LineRole>, paragraph: Paragraph, role: LineRole): void => {
  for (let line = lineOf(paragraph); line <= lastLineOf(paragraph); line++) roles.set(line, role);
  for (const child of paragraph.children) {
    if (child.type !== 'inlineCode' && child.type !== 'html') continue;
    for (let line = lineOf(child) + 1; line <= lastLineOf(child); line++) roles.set(line, 'inside');
  }
};

// A tree that was parsed from text has a place for every node.
type Placed = {
  readonly position?: { readonly start: { line: number }; readonly end: { line: number } } | undefined;
};

const lineOf = (node: Placed): number => (node.position as NonNullable<Placed['position']>).start.line;

const lastLineOf = (node: Placed): number => (node.position as NonNullable<Placed['position']>).end.line;
