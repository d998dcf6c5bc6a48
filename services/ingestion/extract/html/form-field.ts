import type {Attributes} from './markup.ts';

/** Kinds of inputs whose value is what somebody wrote or chose, and sees (HTML §4.10.5.1). */
const written = new Set(
  'text search tel url email date month week time datetime datetime-local number'.split(' '),
);
/** Kinds of inputs that hold no text of their own. Any kind that nobody knows is one for text. */
const unwritten = new Set(
  'hidden password range color checkbox radio file submit image reset button'.split(' '),
);

/** What an input shows that a form was filled in with; empty for one that shows no text. */
export function writtenIn(attributes: Attributes): string {
  const kind = attributes.get('type')?.trim().toLowerCase() ?? 'text';
  return written.has(kind) || !unwritten.has(kind) ? (attributes.get('value') ?? '') : '';
}

/** What was chosen of a list, as it is put together option by option. */
export class Choice {
  readonly #isMultiple: boolean;
  #chosen: string[] = [];
  /** What a list shows of which nothing was chosen: its first option. */
  #first: string | undefined;
  #option: {text: string; readonly label: string | undefined; readonly isSelected: boolean} | undefined;

  constructor(attributes: Attributes) {
    this.#isMultiple = attributes.has('multiple') || Number(attributes.get('size') ?? '1') > 1;
  }

  open(option: Attributes): void {
    this.close();
    this.#option = {text: '', label: option.get('label'), isSelected: option.has('selected')};
  }

  text(text: string): void {
    if (this.#option) this.#option.text += text;
  }

  close(): void {
    if (!this.#option) return;
    const {text, label, isSelected} = this.#option;
    const shown = label || text.trim();
    this.#option = undefined;
    this.#first ??= shown;
    if (isSelected && !this.#isMultiple) this.#chosen = [];
    if (isSelected) this.#chosen.push(shown);
  }

  toString(): string {
    this.close();
    const isOpen = this.#isMultiple || this.#chosen.length > 0;
    return isOpen ? this.#chosen.join(', ') : (this.#first ?? '');
  }
}
