import {type Line, linesOf} from './lines.ts';
import {type PersonName, readPersonName} from './person-name.ts';

/** A name that a form was filled in with. */
export interface FormName {
  readonly person: PersonName;
  /** Where it stands in the text; null where a form asks for its parts. */
  readonly from: number | null;
  readonly to: number | null;
}

const whole =
  "(?:(?:my|your|customer|client|contact|applicant|member|consumer|complainant|sender)(?:['’]s)? )?(?:full )?name|first and last name|name of (?:sender|complainant|applicant)|submitted by|sent by|sender|complainant|applicant|(?:nombre|nom) complet[o]?|nombre(?: y apellidos?)?|vor- und nachname|naam|nome(?: e cognome| completo)?|imię i nazwisko|name \\(?(?:first(?: and |, )last)\\)?";
const given = 'first ?name|given name|forename|vorname|prénom|voornaam|imię';
const family =
  'last ?name|family name|surname|nachname|apellidos?|nom(?: de famille)?|achternaam|cognome|nazwisko';
const labelled = new RegExp(
  `^[\\s*•·–-]{0,6}(?:(${whole})|(${given})|(${family}))\\s?(?:\\*|\\(required\\))?\\s?(?::|=|\\||\\t|\\s{2,5})\\s{0,5}(\\S[^\\n|]{0,80})?$`,
  'iu',
);

/** Characters at the start of a text in which a form is looked for. */
const head = 20_000;

interface Filled {
  readonly value: string;
  readonly from: number;
}

/**
 * The name in the form that a text is, such as "Full name: Anna Example"; undefined when it has several, as a list of
 * people has.
 */
export function findFormName(text: string): FormName | undefined {
  const lines = linesOf(text.slice(0, head), 0);
  const names: Filled[] = [];
  const givens: Filled[] = [];
  const families: Filled[] = [];
  for (const [index, line] of lines.entries()) {
    const match = labelled.exec(line.text);
    if (match === null) continue;
    const filled = filledIn(line, match[4], lines[index + 1]);
    if (filled === undefined) continue;
    (match[1] !== undefined ? names : match[2] !== undefined ? givens : families).push(filled);
  }
  const parts = joined(givens, families);
  return oneOf([...names.map(({value, from}) => nameOf(value, from, from + value.length)), parts]);
}

/** A value stands after its label, or in the line below. */
function filledIn(line: Line, value: string | undefined, below: Line | undefined): Filled | undefined {
  if (value !== undefined) return {value: value.trim(), from: line.from + line.text.lastIndexOf(value)};
  if (below === undefined || below.text.includes(':')) return undefined;
  return {value: below.text.trim(), from: below.from + below.text.search(/\S/)};
}

function joined(givens: readonly Filled[], families: readonly Filled[]): FormName | undefined {
  const [given, otherGiven] = givens;
  const [family, otherFamily] = families;
  if (given === undefined || otherGiven !== undefined || otherFamily !== undefined) return undefined;
  if (family === undefined) return nameOf(given.value, given.from, given.from + given.value.length);
  return nameOf(`${given.value} ${family.value}`, null, null);
}

function nameOf(value: string, from: number | null, to: number | null): FormName | undefined {
  const person = readPersonName(value);
  return person && {person, from, to};
}

function oneOf(found: readonly (FormName | undefined)[]): FormName | undefined {
  const names = found.filter((one) => one !== undefined);
  const [first] = names;
  return names.every(({person}) => person.name === first?.person.name) ? first : undefined;
}
