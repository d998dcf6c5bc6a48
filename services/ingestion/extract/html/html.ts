import {decode} from '../characters/encoding.ts';
import type {Reader} from '../reading.ts';
import {plainReading} from '../reading.ts';
import {declaredEncoding} from './declared-encoding.ts';
import {ElementTree} from './element-tree.ts';
import {readMarkup} from './markup.ts';
import {Page} from './page.ts';
import {surveyOf} from './survey.ts';

/** Reads web pages. */
export const readHtml: Reader = async (bytes) => {
  const {text, title} = htmlText(await decode(bytes, declaredEncoding(bytes)));
  return plainReading(text, title);
};

/** Where a page is shown. */
export interface Shown {
  /** Whether its scripts run there: what it holds for where they do not is not seen then. (Default: true, as in browsers) */
  readonly runsScripts?: boolean;
}

/**
 * The text of a page that its reader sees, with what a form in it was filled in with. What its styles hide is left
 * out: people don't see it, and it is how instructions are smuggled to machines.
 *
 * @throws Unreadable too-large when elements nest too deep, or finding their styles takes too long.
 */
export function htmlText(
  source: string,
  {runsScripts = true}: Shown = {},
): {text: string; title: string | null} {
  const markup = source.replace(/\r\n?/g, '\n');
  const isXhtml = saysXhtml(markup);
  const page = new Page(surveyOf(markup, {isXhtml, runsScripts}), markup.length);
  const tree = new ElementTree(page, runsScripts);
  readMarkup(markup, isXhtml, tree);
  tree.end();
  return {text: page.toString(), title: page.title || null};
}

/** Whether a page says that it is XML: in its declaration, its document type or its namespace. */
function saysXhtml(source: string): boolean {
  const head = source.slice(0, 4096);
  return (
    /^\s*<\?xml\s/.test(head) ||
    /<!doctype\s+html\s[^>]{0,200}xhtml/i.test(head) ||
    /<html\s[^>]{0,1000}www\.w3\.org\/1999\/xhtml/i.test(head)
  );
}
