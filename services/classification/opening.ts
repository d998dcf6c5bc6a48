/** How a letter begins: enough to tell what it is about, as a short letter would. */

const longest = 300;
/** A cut within a sentence is taken where the last whole one ends too early. */
const shortest = 100;

/** The first whole sentences of a text, 300 characters at most. */
export function openingOf(text: string): string {
  const start = text.slice(0, longest);
  const end = Math.max(...['. ', '? ', '! ', '\n'].map((mark) => start.lastIndexOf(mark)));
  return end < shortest ? start : start.slice(0, end + 1);
}
