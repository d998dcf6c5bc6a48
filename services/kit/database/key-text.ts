import {createHash} from 'node:crypto';

/** An entry of PostgreSQL's indexes takes 2,704 bytes (B-tree, a third of a page), and some of ours hold two texts. */
const longestBytes = 1_000;

const hashed = 'sha256:';

/**
 * A text of somebody else's as a column that is looked up by can hold it: as it is, or as a hash where it is longer
 * than an index takes. No two texts become the same.
 */
export function keyText(text: string): string {
  if (Buffer.byteLength(text) <= longestBytes && !text.startsWith(hashed)) return text;
  return hashed + createHash('sha256').update(text).digest('hex');
}
