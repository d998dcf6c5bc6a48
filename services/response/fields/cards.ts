import type {Found} from './field.ts';

/** 13 to 19 figures in groups of any kind: "4417 1234 5678 9113", "3782-822463-10005", "4417.12345678 9113". */
const candidate = /(?<![\d.-]|\+|\p{L})\d(?:[ .\u00a0\u2010-\u2015-]{0,2}\d){12,18}(?![\d])/gu;

/** The numbers of payment cards in a text. What is told of each is its end. */
export function* findCards(text: string): Generator<Found> {
  for (const {0: written, index} of text.matchAll(candidate)) {
    const figures = written.replaceAll(/\D/g, '');
    if (!isCard(figures)) continue;
    const value = `ending in ${figures.slice(-4)}`;
    yield {name: 'card', value, from: index, to: index + written.length, meaning: value};
  }
}

/** Whether figures are a card's: they begin as those of a payment network do and have the right check digit. */
function isCard(figures: string): boolean {
  return /^[2-6]/.test(figures) && hasCheckDigit(figures);
}

/** The sum of all figures, each second one from the right doubled, ends in 0: ISO/IEC 7812, after Luhn. */
function hasCheckDigit(figures: string): boolean {
  const sum = [...figures].reverse().reduce((total, figure, index) => {
    const value = Number(figure) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
