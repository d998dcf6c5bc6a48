/** Fonts that have symbols in the places of letters, and what those are in Unicode. */

/** Runs of symbols from a place on; a space is one that has no like in Unicode, or no meaning in a text. */
type Run = readonly [place: number, symbols: string];

/** The font that Adobe calls Symbol, after its table of glyphs. */
const symbol: readonly Run[] = [
  [0x21, '!∀#∃%&∋()∗+,−./0123456789:;<=>?'],
  [0x40, '≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_'],
  [0x61, 'αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼'],
  [0xa0, '€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵'],
  [0xc0, 'ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓'],
  [0xe0, '◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭'],
];

const wingdings: readonly Run[] = [
  [0x21, '✏✂✁👓🔔📖'],
  [0x28, '☎✆✉✉📪📫📬📭📁📂📄📄'],
  [0x36, '⌛⌨  💻 💾'],
  [0x3e, '✇✍✍✌👌👍👎☜☞☝☟✋☺ ☹💣☠⚐'],
  [0x51, '✈☼💧❄ ✞ ✠✡☪☯ॐ☸♈♉♊♋♌♍♎♏♐♑♒♓&&'],
  [0x6c, '●❍■□□❑❒⬧⧫◆❖⬥☒'],
  [0x7a, '⌘❀✿❝❞'],
  [0x80, '⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿'],
  [0x9e, '·•▪○○○◉◎○▪☐▴✦★✶✴✹✵'],
  [0xd5, '⌫⌦ ➢'],
  [0xdf, '←→↑↓↖↗↙↘←➔↑↓↖↗↙↘⇦⇨⇧⇩⇔⇳'],
  [0xfb, '✗✓☒☑'],
];

const fonts: ReadonlyMap<string, ReadonlyMap<number, string>> = new Map([
  ['symbol', placesOf(symbol)],
  ['symbol mt', placesOf(symbol)],
  ['wingdings', placesOf(wingdings)],
  [
    'wingdings 2',
    placesOf([
      [0x4f, '✗✓☒☑☒☒'],
      [0x96, '•●'],
      [0xa2, '■☐'],
    ]),
  ],
  [
    'wingdings 3',
    placesOf([
      [0x66, '←→↑↓'],
      [0x70, '▲▼△▽◀▶'],
      [0x7c, '◀▶'],
    ]),
  ],
  [
    'webdings',
    placesOf([
      [0x33, '◀▶▲▼'],
      [0x61, '✓ ☐   ■      ●   ✗'],
    ]),
  ],
]);

/**
 * What a character is in a font of symbols: nothing where it is none that is known, rather than a letter that nobody
 * sees. Word has these fonts in the private places from U+F000 on, other programs in those of Latin letters.
 *
 * @param character code point.
 */
export function symbolIn(font: string, character: number): string {
  const places = fonts.get(font.toLowerCase());
  const isPrivate = character >= 0xe000 && character <= 0xf8ff;
  if (!places) return isPrivate || !isScalar(character) ? '' : String.fromCodePoint(character);
  if (character >= 0xf000 && character <= 0xf0ff) return places.get(character - 0xf000) ?? '';
  if (character <= 0xff) return places.get(character) ?? '';
  return isPrivate || !isScalar(character) ? '' : String.fromCodePoint(character);
}

/** A text as it looks in a font; the same in most. */
export function textIn(font: string | undefined, text: string): string {
  if (font === undefined || !fonts.has(font.toLowerCase())) return text;
  return text.replace(/\S/gu, (character) => symbolIn(font, character.codePointAt(0) ?? 0));
}

/** Whether it is a character, and not half of one. */
function isScalar(character: number): boolean {
  return character > 0 && character <= 0x10ffff && !(character >= 0xd800 && character <= 0xdfff);
}

function placesOf(runs: readonly Run[]): ReadonlyMap<number, string> {
  const places = runs.flatMap(([place, symbols]) =>
    [...symbols].map((one, index) => [place + index, one] as const),
  );
  return new Map(places.filter(([, one]) => one !== ' '));
}
