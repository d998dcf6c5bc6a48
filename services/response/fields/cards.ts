import type {Found} from './field.ts';

/** Figures in groups of any kind, a card's or more: "4417 1234 5678 9113 12/27", "3782-822463-10005". */
const candidate = /(?<![\d+])(?<!\d[.-])\d(?:[ .\u00a0\u2010-\u2015-]{0,2}\d){12,40}/gu;

/** The numbers of payment cards in a text. What is told of each is its end. */
export function* findCards(text: string): Generator<Found> {
  for (const {0: written, index} of text.matchAll(candidate)) {
    const {from, to, figures} = cardIn(written) ?? {};
    if (from === undefined || to === undefined || figures === undefined) continue;
    const value = `ending in ${figures.slice(-4)}`;
    yield {name: 'card', value, from: index + from, to: index + to, meaning: value};
  }
}

interface Card {
  readonly from: number;
  readonly to: number;
  readonly figures: string;
}

/** The first card in figures that may be more: it begins and ends where a group does. */
function cardIn(written: string): Card | undefined {
  const groups = [...written.matchAll(/\d+/g)].map(({0: figures, index}) => ({figures, index}));
  for (const [first, {index: from}] of groups.entries()) {
    let figures = '';
    for (const group of groups.slice(first)) {
      figures += group.figures;
      if (figures.length > 19) break;
      if (isCard(figures)) return {from, to: group.index + group.figures.length, figures};
    }
  }
  return undefined;
}

/** How long the numbers of payment networks are, after what they begin with. */
const networks = /^(?:4(?:\d{12}|\d{15}|\d{18})|[25]\d{15}|3(?:\d{13}|\d{14}|\d{15})|6(?:\d{15}|\d{17,18}))$/;

/** Whether figures are a card's: they begin as those of a payment network do and have the right check digit. */
function isCard(figures: string): boolean {
  return networks.test(figures) && hasCheckDigit(figures);
}

/** The sum of all figures, each second one from the right doubled, ends in 0: ISO/IEC 7812, after Luhn. */
function hasCheckDigit(figures: string): boolean {
  const sum = [...figures].reverse().reduce((total, figure, index) => {
    const value = Number(figure) * (index % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
