import {type Document, isMap, isNode, LineCounter, parseDocument} from 'yaml';

/** The way to a value of a file: keys of mappings, and places in lists, from 0. */
export type Path = readonly (string | number)[];

interface Parsed {
  readonly document: Document;
  readonly lines: LineCounter;
}

/** A file in YAML that somebody wrote by hand, with what is wrong with it: each fault is said with the line it stands in. */
export class YamlFile {
  /** What it says. Undefined where that can't be known, as the YAML itself is broken: then there are faults. */
  readonly value: unknown;
  readonly #name: string;
  readonly #text: string;
  #parsed: Parsed | undefined;
  readonly #faults: string[] = [];
  readonly #warnings: string[] = [];

  /** @param name What faults call it. */
  constructor(text: string, name: string) {
    this.#name = name;
    this.#text = text;
    const json = writtenByProgram(text);
    if (json === undefined)
      for (const {message, pos} of this.#parse().document.errors)
        this.#faults.push(this.#at(pos[0], message));
    this.value = json ?? (this.#faults.length > 0 ? undefined : this.#read());
  }

  /** When it is first asked for: of what a program wrote nobody may ever ask for a line. */
  #parse(): Parsed {
    if (this.#parsed !== undefined) return this.#parsed;
    const lines = new LineCounter();
    this.#parsed = {
      document: parseDocument(this.#text, {lineCounter: lines, prettyErrors: false}),
      lines,
    };
    return this.#parsed;
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
      const value: unknown = this.#parse().document.toJS();
      return value;
    } catch (error) {
      // Aliases that multiply.
      this.say(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  #at(offset: number, sentence: string): string {
    return `${this.#name}:${this.#parse().lines.linePos(offset).line}: ${sentence}`;
  }

  /** Of a member of a mapping, where its key stands. */
  #offsetOf(path: Path): number {
    const last = path.at(-1);
    if (last === undefined) return 0;
    const {document} = this.#parse();
    const around: unknown = document.getIn(path.slice(0, -1), true);
    const key = isMap(around)
      ? around.items.find((pair) => String(pair.key) === String(last))?.key
      : undefined;
    const node: unknown = key ?? document.getIn(path, true);
    return isNode(node) && node.range ? node.range[0] : this.#offsetOf(path.slice(0, -1));
  }
}

/**
 * What JSON says that `JSON.stringify` has written, which is read a hundred times as fast as YAML; undefined for any other
 * text, as a hand may have written two members of one name.
 */
function writtenByProgram(text: string): unknown {
  if (!text.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a value of a file is one of keys and values. */
export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
