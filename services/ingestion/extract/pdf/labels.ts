import {normalizeLine} from '../characters/normalize.ts';
import type {Entry} from './filled-form.ts';
import {type Box, overlap} from './geometry.ts';
import type {Handle, Pdfium} from './pdfium.ts';

/** A page and the fields on it. */
export interface Filled {
  /** The page's text, see `withText`. */
  text: Handle;
  /** All fields, the empty ones too: a label does not reach across one. */
  boxes: readonly Box[];
  entries: readonly Entry[];
}

type Side = 'left' | 'right' | 'above';

/** Points from a field within which its label lies. */
const beside = 260;
const above = 15;
/** Points from a field's upper edge that a label beside it is looked for at: fields of many lines have it there. */
const lineHeight = 16;
const mostLabel = 100;
const mostUnits = 1_000;
/** Fields of a page whose labels are looked for, and letters that are gone through for all of them. */
const mostLookedFor = 500;
const mostLetters = 30_000_000;

/** Lines that say what was filled in on a page: what the field is for, and what is in it. */
export function entryLines(pdfium: Pdfium, {text, boxes, entries}: Filled): string[] {
  const letters = Math.max(1, pdfium.calls.FPDFText_CountChars(text));
  const looked = Math.min(mostLookedFor, mostLetters / letters);
  return entries.map((entry, index) => {
    const label = (side: Side) => {
      if (index >= looked) return '';
      const {left, top, right, bottom} = areaOf(entry.box, side, boxes);
      return asLabel(
        pdfium.textOfUnits(mostUnits, (buffer, units) =>
          pdfium.calls.FPDFText_GetBoundedText(text, left, top, right, bottom, buffer, units),
        ),
      );
    };
    return lineOf(entry, label);
  });
}

function lineOf(entry: Entry, label: (side: Side) => string): string {
  const {kind, value} = entry;
  const purpose = purposeOf(entry);
  if (kind === 'button') {
    const option = label('right');
    const question = purpose || nameOf(entry);
    if (option === '' || option === value) return labelled(question, value);
    return labelled(question, isWord(value) ? `${option} (${value})` : option);
  }
  if (kind === 'box') return labelled(label('right') || purpose || label('left') || nameOf(entry), value);
  return labelled(purpose || label('left') || label('above') || nameOf(entry), value);
}

function labelled(label: string, value: string): string {
  return label === '' ? value : `${label}: ${value}`;
}

/** A name for people, where it is not the one for programs once more, or a number. */
function purposeOf({purpose, name}: Entry): string {
  const words = asLabel(purpose);
  return words === lastOf(name) || !isWord(words) ? '' : words;
}

function nameOf({name}: Entry): string {
  return asLabel(lastOf(name));
}

/** Of `form1[0].page2[0].account[0]`, `account`. */
function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).replace(/\[\d{1,9}\]$/, '');
}

/** Whether an answer says something by itself: `0`, `On` and `Choice2` only do in a program. */
function isWord(value: string): boolean {
  return /\p{L}/u.test(value) && !/^(on|yes|choice ?\d*)$/i.test(value);
}

/** A label's words; of much text the last, which is nearest. Empty where there is none. */
function asLabel(text: string): string {
  const words = (normalizeLine(text) ?? '')
    .slice(-mostLabel)
    .replace(/^[\s:*._]{1,100}|[\s:*._]{1,100}$/g, '');
  return /[\p{L}\p{N}]/u.test(words) ? words : '';
}

/** Where a field's label may be: up to the next field. */
function areaOf({left, right, top, bottom}: Box, side: Side, boxes: readonly Box[]): Box {
  if (side === 'above') return {left: left - 2, right, bottom: top + 1, top: top + above};
  const row = {
    left: left - beside,
    right: right + beside,
    top: top - 1,
    bottom: Math.max(bottom, top - lineHeight) + 1,
  };
  if (side === 'left') row.right = left;
  else row.left = right;
  for (const box of boxes) {
    if (!overlap(box, row)) continue;
    if (side === 'left' && box.right <= left + 1) row.left = Math.max(row.left, box.right);
    if (side === 'right' && box.left >= right - 1) row.right = Math.min(row.right, box.left);
  }
  return row;
}
