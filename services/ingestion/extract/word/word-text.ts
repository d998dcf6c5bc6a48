import type {Unpack} from '../archive/inflate.ts';
import {readXml} from '../archive/xml.ts';
import type {ZipEntry} from '../archive/zip.ts';
import {limits} from '../limits.ts';

/**
 * The text of one part of a Word document (WordprocessingML, ECMA-376 part 1 §17) as a reader of it sees it:
 * deleted, moved away and hidden text is not in it, a text box is in it once and after its paragraph.
 */
export function wordText(part: ZipEntry, unpack: Unpack): string {
  const page = new Page();
  readXml(part, unpack, {
    open: (name, attributes) => page.open(name, attributes),
    text: (text) => page.text(text),
    close: (name) => page.close(name),
    isDone: () => page.characters > limits.characters,
  });
  return page.toString();
}

/** `Fallback` repeats its `Choice` for older programs; `rt` is the reading aid above East Asian characters. */
const skipped = new Set(['del', 'moveFrom', 'Fallback', 'rt']);
const marks: Record<string, string> = {tab: '\t', br: '\n', cr: '\n', noBreakHyphen: '-'};

/** Text in the making. */
class Page {
  characters = 0;
  /** One stream for the page, and one more for each text box that is open. */
  #streams: string[][] = [[]];
  /** Text boxes that wait for the end of their paragraph. */
  #boxes: string[] = [];
  #skipping = 0;
  #isText = false;
  #isRun = false;
  #isHidden = false;

  open(name: string, attributes: Record<string, string>): void {
    if (this.#skipping > 0 || skipped.has(name)) {
      this.#skipping++;
      return;
    }
    if (name === 'r') {
      this.#isRun = true;
      this.#isHidden = false;
    } else if (name === 'vanish' && this.#isRun) {
      this.#isHidden = !/^(0|false|off)$/.test(attributes['w:val'] ?? '');
    } else if (name === 't') this.#isText = true;
    else if (name === 'txbxContent') this.#streams.push([]);
    // Tab stops are called like tabs; only what is in a run is text.
    else if (this.#isRun) this.#add(marks[name] ?? '');
  }

  text(text: string): void {
    if (this.#isText && !this.#isHidden) this.#add(text);
  }

  close(name: string): void {
    if (this.#skipping > 0) this.#skipping--;
    else if (name === 't') this.#isText = false;
    else if (name === 'r') this.#isRun = false;
    else if (name === 'p') this.#endParagraph();
    else if (name === 'tc') this.#endWith('\n', '\t');
    else if (name === 'tr') this.#endWith('\t', '\n');
    else if (name === 'txbxContent' && this.#streams.length > 1) this.#endBox();
  }

  toString(): string {
    return this.#streams.flat().join('');
  }

  #add(text: string): void {
    if (text === '') return;
    this.#streams.at(-1)?.push(text);
    this.characters += text.length;
  }

  #endParagraph(): void {
    this.#add('\n');
    if (this.#streams.length > 1) return;
    for (const box of this.#boxes.splice(0)) this.#add(box);
  }

  #endBox(): void {
    const box = this.#streams.pop();
    if (box) this.#boxes.push(box.join(''));
    // The box ends inside of a run of the paragraph that it is anchored in.
    this.#isRun = true;
    this.#isHidden = false;
  }

  /** Ends a cell or row: the mark of what it ends with becomes its own. */
  #endWith(last: string, mark: string): void {
    const stream = this.#streams.at(-1);
    if (stream?.at(-1) === last) stream[stream.length - 1] = mark;
    else this.#add(mark);
  }
}
