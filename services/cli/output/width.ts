/**
 * How many columns of a terminal a text takes: two for what East Asian writing and emoji are made of (Unicode Standard
 * Annex 11, wide and fullwidth), else one for each character as a person sees it.
 */
export function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of charactersOf(text)) width += wide.test(character) ? 2 : 1;
  return width;
}

/**
 * A text cut to fit so many columns, with `…` for what is left out at one of its sides.
 *
 * @param columns at least 1
 */
export function fitting(text: string, columns: number, side: 'start' | 'end' = 'end'): string {
  if (widthOf(text) <= columns) return text;
  const characters = charactersOf(text);
  if (side === 'start') characters.reverse();
  const kept: string[] = [];
  let width = 1;
  for (const character of characters) {
    width += widthOf(character);
    if (width > columns) break;
    kept.push(character);
  }
  return side === 'start' ? `…${kept.reverse().join('')}` : `${kept.join('')}…`;
}

/** Made when first needed: it loads what Unicode knows of characters, which costs 10 ms. */
let segmenter: Intl.Segmenter | undefined;

/** A text's characters as a person sees them. */
function charactersOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter();
  return [...segmenter.segment(text)].map(({segment}) => segment);
}

const wide =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|[\u{17000}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}])|\ufe0f/u;
