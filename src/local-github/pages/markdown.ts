import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

/** Raw HTML that is shown as such, without attributes; none of it can leave the box the text is shown in. */
const harmless = /^<\/?(?:details|summary|br|sub|sup|kbd|p)\s*\/?>$/i;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Comments are hidden, a few harmless tags work, everything else is shown as text. */
function shownHtml(raw: string): string {
  const parts = raw.split(/(<!--[\s\S]*?(?:-->|$)|<[^<>]*>)/);
  return parts
    .map((part) => (part.startsWith('<!--') ? '' : harmless.test(part) ? part.toLowerCase() : escaped(part)))
    .join('');
}

type HtmlExtension = ReturnType<typeof gfmHtml>;
type Handle = NonNullable<NonNullable<HtmlExtension['exit']>['htmlFlow']>;

const nothing = (): undefined => undefined;
const judged: Handle = function (token) {
  this.raw(shownHtml(this.sliceSerialize(token)));
};

/** A block or span is judged as a whole, when it ends: a comment may span lines. */
const rawHtml: HtmlExtension = {
  enter: {
    htmlFlow() {
      this.lineEndingIfNeeded();
    },
  },
  exit: { htmlFlow: judged, htmlFlowData: nothing, htmlText: judged, htmlTextData: nothing },
};

/** In conversations a line's end is a line's end, as GitHub shows them. */
const withBreaks = (html: string): string =>
  html.replace(/<p>[\s\S]*?<\/p>/g, (paragraph) => paragraph.replace(/(?<!<br \/>)\r?\n/g, '<br />\n'));

/** The same for what people say to each other. */
export const renderConversation = (text: string, base: string): string =>
  withBreaks(renderMarkdown(text, base));

/** Markdown as safe HTML. Links without a scheme lead below `base`, which ends in a slash. */
export function renderMarkdown(text: string, base: string): string {
  const html = micromark(text, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml(), rawHtml],
  });
  const target = escaped(base);
  return html.replace(
    / (href|src)="(?![a-z][a-z0-9+.-]*:|\/|#)(?:\.\/)?([^"]+)"/gi,
    (_all, attribute: string, address: string) => ` ${attribute}="${target}${address}"`,
  );
}
