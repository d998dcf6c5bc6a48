import {fieldText} from './encoded-word.ts';
import type {Entity} from './entity.ts';
import {firstOf} from './head.ts';
import {writingOf} from './writing.ts';

/** What is said of a mail before its text, where it is read as part of another: who wrote it to whom, when, and what about. */
export async function introduction(mail: Entity): Promise<string> {
  const writing = writingOf(mail);
  const lines: string[] = [];
  for (const name of ['From', 'Subject', 'Date', 'To', 'Cc']) {
    const value = firstOf(mail.head, name.toLowerCase());
    if (value !== null) lines.push(`${name}: ${await fieldText(value.slice(0, longestLine), writing)}`);
  }
  return lines.join('\n');
}

const longestLine = 500;
