/** How months begin in the languages that letters come in, longer beginnings of others first. */
const beginnings: readonly (readonly [month: number, pattern: string])[] = [
  [1, 'jan|ene|gen|janv|sty'],
  [2, 'feb|fev|fév|lut'],
  [3, 'mar(?!t?w)|mär|mrt|maa'],
  [4, 'apr|avr|abr|kwi'],
  [5, 'may|mai|mei|mag|maj'],
  [6, 'jun|juin|giu|cze'],
  [7, 'jul|juil|lug|lip'],
  [8, 'aug|aoû|aou|ago|sie'],
  [9, 'sep|set|wrz'],
  [10, 'oct|okt|out|ott|paź'],
  [11, 'nov|lis'],
  [12, 'dec|dez|déc|dic|gru'],
];

/** A month in letters, whole or cut short, for a pattern that takes no account of capitals: one group. */
export const monthInLetters = `(${[
  'january|february|march|april|may|june|july|august|september|october|november|december',
  'januar|februar|märz|maerz|mai|juni|juli|oktober|dezember|jänner',
  'janvier|février|fevrier|mars|avril|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre',
  'enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre',
  'gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre',
  'janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro',
  'januari|februari|maart|mei|augustus',
  'stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia',
  '(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|okt|nov|dec|dez|janv|févr?|avr|juil|déc|ene|abr|ago|dic)\\b\\.?',
].join('|')})`;

/** Of a month in figures or letters, 1 to 12; NaN where it is neither. */
export function monthOf(written: string): number {
  const small = written.toLowerCase();
  const [month] = beginnings.find(([, pattern]) => new RegExp(`^(?:${pattern})`).test(small)) ?? [];
  return month ?? Number(written);
}
