import type {Content} from '#events';
import type {Extraction} from './extract/extract.ts';

/** What a document says, as it is kept for others. */
export function wordsOf(
  filename: string | null,
  found: Pick<Extract<Extraction, {outcome: 'ingested'}>, 'title' | 'sender' | 'text' | 'own' | 'signed'>,
): Content {
  const {title, sender, text, own, signed} = found;
  return {filename, title, sender, text, ...(own === null ? {} : {own}), signed};
}
