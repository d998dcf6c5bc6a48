import {type Attributes, attribute, integer, isOn} from './attribute.ts';

/** A field in the making (ECMA-376 part 1 §17.16): its code, then the result that its reader sees. */
interface Field {
  /** Characters on the page when it began. */
  begin: number;
  form: FormField | undefined;
}

/** The fields that are open. */
export class Fields {
  readonly #open: Field[] = [];
  /** Those of them whose code is not over. */
  readonly #codes: Field[] = [];

  /** Whether what is written now is the code of a field, such as another field that it asks. */
  get isCode(): boolean {
    return this.#codes.length > 0;
  }

  /** Takes in an element that is in a field's beginning. */
  open(name: string, attributes: Attributes, parent = ''): void {
    const field = this.#open.at(-1);
    if (field && name === 'ffData') field.form = new FormField();
    field?.form?.open(name, attributes, parent);
  }

  /**
   * Takes in a field's beginning, the end of its code, or its end.
   *
   * @param characters how many are on the page.
   * @returns what a form field shows that has no result.
   */
  mark(kind: string | undefined, characters: number): string {
    if (kind === 'begin') {
      const field: Field = {begin: characters, form: undefined};
      this.#open.push(field);
      this.#codes.push(field);
    } else if (kind === 'separate') this.#endCode(this.#open.at(-1));
    else if (kind === 'end') {
      const field = this.#open.pop();
      this.#endCode(field);
      if (field?.form && field.begin === characters) return field.form.value;
    }
    return '';
  }

  /** A code ends with its paragraph: one that goes on belongs to a field that lost its end, as when documents are joined. */
  endParagraph(): void {
    this.#codes.length = 0;
  }

  #endCode(field: Field | undefined): void {
    if (field === this.#codes.at(-1)) this.#codes.pop();
  }
}

/** A check box or a list to choose from, as forms had them before content controls (§17.16.17, `w:ffData`). */
class FormField {
  readonly #entries: string[] = [];
  #chosen = 0;
  #isChecked: boolean | undefined;

  get value(): string {
    if (this.#isChecked !== undefined) return this.#isChecked ? '☒' : '☐';
    return this.#entries[this.#chosen] ?? '';
  }

  open(name: string, attributes: Attributes, parent: string): void {
    if (name === 'checkBox') this.#isChecked = false;
    // The default comes before what was chosen.
    else if (parent === 'checkBox' && (name === 'checked' || name === 'default'))
      this.#isChecked = isOn(attributes);
    else if (parent === 'ddList' && (name === 'result' || name === 'default'))
      this.#chosen = integer(attributes) ?? 0;
    else if (parent === 'ddList' && name === 'listEntry')
      this.#entries.push(attribute(attributes, 'val') ?? '');
  }
}
