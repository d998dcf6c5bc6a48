import {shown, type WhiteSpace} from './white-space.ts';

/** Text in the making: what is shown of a page, line by line. */
export class TextFlow {
  characters = 0;
  readonly #pieces: string[] = [];

  /** White space that is not kept is not shown at the beginning of a line, nor after other. */
  add(text: string, space: WhiteSpace): void {
    const seen = shown(text, space);
    const isLeft = !space.keepsSpaces && seen.startsWith(' ') && /\s/.test(this.#last);
    this.#push(isLeft ? seen.slice(1) : seen);
  }

  /** Ends a cell of a table. */
  tab(): void {
    this.#push('\t');
  }

  /** Ends a line, if it is not ended. */
  break(): void {
    if (this.#last !== '\n') this.#push('\n');
  }

  toString(): string {
    return this.#pieces.join('');
  }

  get #last(): string {
    return this.#pieces.at(-1)?.at(-1) ?? '\n';
  }

  #push(text: string): void {
    if (text === '') return;
    this.#pieces.push(text);
    this.characters += text.length;
  }
}
