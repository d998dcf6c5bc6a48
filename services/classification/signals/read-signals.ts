import {isMap, isNode, isScalar, isSeq, LineCounter, type Pair, parseDocument} from 'yaml';
import {signals as known} from '#events';
import {type Phrase, readPhrase} from './phrase.ts';

/** What one signal is found by. */
export interface Signal {
  readonly name: string;
  readonly phrases: readonly Phrase[];
  /** Where one of these is said, a phrase in the same words does not count. */
  readonly unless: readonly Phrase[];
}

/**
 * Reads a file of signals: of each its phrases, and under `unless` what only sounds like them.
 *
 * @param filename What errors call the file.
 * @throws Error with everything that is wrong, a line each: file, line and a sentence.
 */
export function readSignals(yamlText: string, filename: string): Signal[] {
  const {signals, faults} = checkSignals(yamlText, filename);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return signals;
}

/** The sound signals of a file, and what is wrong with the others, a line each as `readSignals` says it. */
export function checkSignals(yamlText: string, filename: string): {signals: Signal[]; faults: string[]} {
  const reading = new SignalsReader(yamlText, filename);
  return {signals: reading.signals(), faults: reading.faults};
}

/** One pass over a file, which collects what is wrong with it. */
class SignalsReader {
  readonly faults: string[] = [];
  readonly #filename: string;
  readonly #lines = new LineCounter();
  readonly #document: ReturnType<typeof parseDocument>;

  constructor(yamlText: string, filename: string) {
    this.#filename = filename;
    this.#document = parseDocument(yamlText, {lineCounter: this.#lines, prettyErrors: false});
  }

  signals(): Signal[] {
    const {contents, errors} = this.#document;
    for (const {message, pos} of errors) this.#say(message, pos[0]);
    if (errors.length > 0) return [];
    if (isMap(contents)) return contents.items.map((pair) => this.#signal(pair));
    this.#say(`Expected signals by name: ${names}.`, 0);
    return [];
  }

  #signal({key, value}: Pair): Signal {
    const name = textOf(key);
    if (!Object.hasOwn(known, name))
      this.#say(`Expected a signal of ${names}, got \`${name}\`.`, offsetOf(key));
    const members = isMap(value) ? value.items : [];
    for (const member of members.filter(({key: other}) => !lists.includes(textOf(other))))
      this.#say(`Expected only phrases and unless, got \`${textOf(member.key)}\`.`, offsetOf(member.key));
    const [phrases, unless] = lists.map(
      (list) => members.find((member) => textOf(member.key) === list)?.value,
    );
    if (phrases === undefined) this.#say(`Expected \`${name}\` to have a list of phrases.`, offsetOf(key));
    return {name, phrases: this.#phrases(phrases, name), unless: this.#phrases(unless, name)};
  }

  #phrases(list: unknown, name: string): Phrase[] {
    if (list === undefined) return [];
    if (isSeq(list)) return list.items.flatMap((item) => this.#phrase(item));
    this.#say(`Expected \`${name}\` to have lists of phrases.`, offsetOf(list));
    return [];
  }

  #phrase(item: unknown): Phrase[] {
    try {
      if (isScalar(item) && typeof item.value === 'string') return [readPhrase(item.value)];
      this.#say('Expected a phrase, in quotes where YAML reads it as something else.', offsetOf(item));
    } catch (error) {
      this.#say(error instanceof Error ? error.message : String(error), offsetOf(item));
    }
    return [];
  }

  #say(sentence: string, offset: number): void {
    this.faults.push(`${this.#filename}:${this.#lines.linePos(offset).line}: ${sentence}`);
  }
}

const names = Object.keys(known).join(', ');
const lists = ['phrases', 'unless'];

function textOf(key: unknown): string {
  return isScalar(key) ? String(key.value) : '';
}

function offsetOf(node: unknown): number {
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}
