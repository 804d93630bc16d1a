import { describe, expect, it } from 'vitest';
import { renderConversation, renderMarkdown } from '../../../src/local-github/pages/markdown.ts';

const shown = (text: string) => renderMarkdown(text, '/acme/payments/blob/main/');

describe('Markdown of strangers', () => {
  it.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['text <img src=x onerror=alert(1)>', '<p>text &lt;img src=x onerror=alert(1)&gt;</p>'],
    ['<details open onclick="x">', '&lt;details open onclick=&quot;x&quot;&gt;'],
    ['[a](javascript:alert(1))', '<p><a href="">a</a></p>'],
    ['[a](jAvAsCrIpT&#58;alert(1))', '<p><a href="">a</a></p>'],
    ['![a](data:text/html,x)', '<p><img src="" alt="a" /></p>'],
    ['</div></main>', '&lt;/div&gt;&lt;/main&gt;'],
    ['[a](" onmouseover="x)', '<p>[a](&quot; onmouseover=&quot;x)</p>'],
  ])('%s', (text, html) => {
    expect(shown(text).trim()).toBe(html);
  });

  it('hides comments, over lines too, and shows what is around them', () => {
    expect(shown('<!-- marker: a\n\nb -->\n\nSeen').trim()).toBe('<p>Seen</p>');
    expect(shown('before <!-- hidden --> after').trim()).toBe('<p>before  after</p>');
    expect(shown('<!-- never ended').trim()).toBe('');
  });

  it('lets folded parts through without attributes', () => {
    expect(shown('<details>\n<summary>More</summary>\n\nText\n\n</details>').trim()).toBe(
      '<details>\n<summary>More</summary>\n<p>Text</p>\n</details>',
    );
  });

  it('leads links without a scheme below the folder, and no others', () => {
    const html = shown('[a](docs/a.md) [b](./b.md) [c](/c) [d](#d) [e](https://e.example/) ![f](f.png)');
    expect([...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address)).toEqual([
      '/acme/payments/blob/main/docs/a.md',
      '/acme/payments/blob/main/b.md',
      '/c',
      '#d',
      'https://e.example/',
      '/acme/payments/blob/main/f.png',
    ]);
  });

  it('keeps the lines of a conversation apart, but not those of code', () => {
    expect(renderConversation('/approve\r\nfailures: 0', '/')).toBe('<p>/approve<br />\nfailures: 0</p>');
    expect(renderConversation('```\na\nb\n```', '/')).toBe('<pre><code>a\nb\n</code></pre>');
    expect(renderConversation('a  \nb', '/')).toBe('<p>a<br />\nb</p>');
  });
});
