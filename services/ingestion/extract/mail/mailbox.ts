import type {Sender} from '../extract.ts';
import {addressTokens} from './address-tokens.ts';
import {fieldText} from './encoded-word.ts';
import type {Writing} from './writing.ts';

/** How much of a field is looked at for its first mailbox. */
const longestField = 20_000;

/**
 * The first mailbox of a field (RFC 5322 section 3.4), also of one in a group, and also where a comma stands in a name
 * without quotes, as in `Doe, Ann <ann@example.org>`.
 *
 * @param octets the field, a character for each byte
 */
export async function mailboxOf(octets: string, writing: Writing): Promise<Sender | null> {
  const entries = entriesOf(octets.slice(0, longestField));
  const [first] = entries;
  if (!first) return null;
  const sender = await senderOf(withName(entries) ?? first, writing);
  // Some programs encode all of it, with the address.
  const whole = sender.address === null ? /^([^<>]*)<([^<>\s]+@[^<>\s]+)>$/.exec(sender.name ?? '') : null;
  if (whole) return {name: whole[1]?.trim().replace(/^"|"$/g, '') || null, address: whole[2] ?? null};
  return sender;
}

/** A mailbox as it is written. */
interface Entry {
  words: string;
  angle: string | null;
  comment: string;
}

async function senderOf({words, angle, comment}: Entry, writing: Writing): Promise<Sender> {
  const display = words.replaceAll(/\s+/g, ' ').trim();
  const bare = angle === null ? display.split(' ').findLast((word) => /[^@]@[^@]/.test(word)) : undefined;
  const address = withoutRoute(angle ?? bare?.replace(/^<?(?:mailto:)?/i, '') ?? '');
  const rest = bare === undefined ? display : display.replace(bare, '').trim();
  const name = (await fieldText(rest || comment.trim(), writing)).trim();
  return {name: name === '' || name === address ? null : name, address: address || null};
}

/** `<@relay,@relay:ann@example.org>` (RFC 5322 section 4.4). */
function withoutRoute(angle: string): string {
  const address = angle.replaceAll(/\s+/g, '');
  return address.startsWith('@') ? address.slice(address.lastIndexOf(':') + 1) : address;
}

/** The first entry with an address, with the words of those before it that have none. */
function withName(entries: readonly Entry[]): Entry | null {
  const index = entries.findIndex(({words, angle}) => angle !== null || words.includes('@'));
  const entry = entries[index];
  if (!entry || index === 0) return null;
  return {
    ...entry,
    words: entries
      .slice(0, index + 1)
      .map(({words}) => words.trim())
      .join(', '),
  };
}

function entriesOf(field: string): Entry[] {
  const entries: Entry[] = [];
  let group = '';
  let entry: Entry = {words: '', angle: null, comment: ''};
  const finish = () => {
    if (entry.angle !== null || `${entry.words}${entry.comment}`.trim() !== '') entries.push(entry);
    entry = {words: '', angle: null, comment: ''};
  };
  for (const {kind, text} of addressTokens(field)) {
    if (kind === 'comma') finish();
    else if (kind === 'angle') entry.angle ??= text;
    else if (kind === 'comment') entry.comment += text;
    else if (kind === 'colon' && entry.angle === null && !entry.words.includes('@')) {
      group = entry.words;
      entry = {words: '', angle: null, comment: ''};
    } else entry.words += text;
  }
  finish();
  // A group that hides who is in it is all that is known.
  if (entries.length === 0 && group.trim() !== '') entries.push({...entry, words: group});
  return entries;
}
