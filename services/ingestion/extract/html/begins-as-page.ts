/**
 * Whether a text begins as a page does: with an element that only a page has, or with one that many pages begin with in
 * the place of those. White space, comments and an XML declaration may stand before it.
 */
export function beginsAsPage(head: string): 'page' | 'element' | null {
  const text = withoutPreamble(head);
  if (/^<(!doctype\s+html|html|head|body|x-html)[\s>]/i.test(text)) return 'page';
  return commonTag.test(text.slice(0, 20)) ? 'element' : null;
}

const commonTag =
  /^<(a|b|blockquote|br|center|div|font|form|h[1-6]|hr|i|img|li|link|meta|ol|p|pre|section|span|style|table|title|ul)[\s/>]/i;

function withoutPreamble(head: string): string {
  let rest = head.trimStart();
  for (;;) {
    const close = rest.startsWith('<!--') ? '-->' : rest.startsWith('<?xml') ? '?>' : null;
    const end = close ? rest.indexOf(close) : -1;
    if (!close || end < 0) return rest;
    rest = rest.slice(end + close.length).trimStart();
  }
}
