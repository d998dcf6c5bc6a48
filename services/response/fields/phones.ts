import {type Found, foundAt} from './field.ts';

const phone =
  /(?<![\w.+-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-])|(?<![\w+])\+\d[\d ().-]{6,18}\d(?!\w)|(?<![\w.+-])1?(?:800|833|844|855|866|877|888)[2-9]\d{6}(?![\w-])/g;

/** The phone numbers of a text: those of North America in their groups, and any with a country's code. */
export function* findPhones(text: string): Generator<Found> {
  for (const match of text.matchAll(phone)) {
    const digits = match[0].replaceAll(/\D/g, '').length;
    // The longest of ITU-T E.164.
    if (digits >= 8 && digits <= 15) yield foundAt('phone', match.index, match[0]);
  }
}
