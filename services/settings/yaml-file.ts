import {type Document, isMap, isNode, LineCounter, parseDocument} from 'yaml';

/** The way to a value of a file: keys of mappings, and places in lists, from 0. */
export type Path = readonly (string | number)[];

/** A file in YAML that somebody wrote by hand, with what is wrong with it: each fault is said with the line it stands in. */
export class YamlFile {
  /** What it says. Undefined where that can't be known, as the YAML itself is broken: then there are faults. */
  readonly value: unknown;
  readonly #name: string;
  readonly #lines = new LineCounter();
  readonly #document: Document;
  readonly #faults: string[] = [];
  readonly #warnings: string[] = [];

  /** @param name What faults call it. */
  constructor(text: string, name: string) {
    this.#name = name;
    this.#document = parseDocument(text, {lineCounter: this.#lines, prettyErrors: false});
    for (const {message, pos} of this.#document.errors) this.#faults.push(this.#at(pos[0], message));
    this.value = this.#faults.length > 0 ? undefined : this.#read();
  }

  /** All that was said so far, a line each: `file:line: sentence`. */
  get faults(): readonly string[] {
    return this.#faults;
  }

  /** Says what is wrong with a value, or with whatever is around it when it is missing. (Default: with the whole file) */
  say(sentence: string, path: Path = []): void {
    this.#faults.push(this.#at(this.#offsetOf(path), sentence));
  }

  /** What is right, and yet likely to be other than its writer thinks; as faults are said. */
  get warnings(): readonly string[] {
    return this.#warnings;
  }

  /** Says that a value is likely to be other than its writer thinks. */
  warn(sentence: string, path: Path): void {
    this.#warnings.push(this.#at(this.#offsetOf(path), sentence));
  }

  #read(): unknown {
    try {
      const value: unknown = this.#document.toJS();
      return value;
    } catch (error) {
      // Aliases that multiply.
      this.say(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  #at(offset: number, sentence: string): string {
    return `${this.#name}:${this.#lines.linePos(offset).line}: ${sentence}`;
  }

  /** Of a member of a mapping, where its key stands. */
  #offsetOf(path: Path): number {
    const last = path.at(-1);
    if (last === undefined) return 0;
    const around: unknown = this.#document.getIn(path.slice(0, -1), true);
    const key = isMap(around)
      ? around.items.find((pair) => String(pair.key) === String(last))?.key
      : undefined;
    const node: unknown = key ?? this.#document.getIn(path, true);
    return isNode(node) && node.range ? node.range[0] : this.#offsetOf(path.slice(0, -1));
  }
}

/** Whether a value of a file is one of keys and values. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
