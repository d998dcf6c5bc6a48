/**
 * Puts together the lines of a paragraph of `format=flowed` (RFC 3676): a line that ends in a space goes on in the
 * next one that is quoted as deep.
 *
 * @param isSpaceDropped whether the space at the end is none of the text (`delsp=yes`)
 */
export function unflowed(text: string, isSpaceDropped: boolean): string {
  const pieces: string[] = [];
  let depth = 0;
  let isOpen = false;
  for (const line of text.split(/\r?\n/)) {
    const own = quotesBefore(line);
    const stuffed = line.slice(own);
    const content = stuffed.startsWith(' ') ? stuffed.slice(1) : stuffed;
    const isRest = isOpen && own === depth;
    if (!isRest && pieces.length > 0) pieces.push('\n');
    if (!isRest && own > 0) pieces.push(`${line.slice(0, own)} `);
    // The line before a signature ends in a space, and nothing flows into or out of it.
    isOpen = content.endsWith(' ') && content !== '-- ';
    pieces.push(isOpen && isSpaceDropped ? content.slice(0, -1) : content);
    depth = own;
  }
  return pieces.join('');
}

function quotesBefore(line: string): number {
  let count = 0;
  while (line.charAt(count) === '>') count++;
  return count;
}
