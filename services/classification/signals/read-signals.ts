import {isMap, isScalar, isSeq, LineCounter, type Node, parseDocument} from 'yaml';
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
  const lines = new LineCounter();
  const document = parseDocument(yamlText, {lineCounter: lines, prettyErrors: false});
  const faults: string[] = [];
  const say = (sentence: string, offset = 0) =>
    faults.push(`${filename}:${lines.linePos(offset).line}: ${sentence}`);
  for (const {message, pos} of document.errors) say(message, pos[0]);
  if (faults.length > 0) return {signals: [], faults};
  if (!isMap(document.contents)) {
    say(`Expected signals by name: ${Object.keys(known).join(', ')}.`);
    return {signals: [], faults};
  }
  const signals = document.contents.items.map(({key, value}): Signal => {
    const name = isScalar(key) ? String(key.value) : '';
    const at = isScalar(key) ? key.range?.[0] : 0;
    if (!Object.hasOwn(known, name))
      say(`Expected a signal of ${Object.keys(known).join(', ')}, got \`${name}\`.`, at);
    const listed = (list: 'phrases' | 'unless', isNeeded: boolean): Phrase[] => {
      const found: unknown = isMap(value) ? value.get(list, true) : undefined;
      if (isSeq(found)) return found.items.flatMap((item) => phraseIn(item, say));
      if (isNeeded || found !== undefined) say(`Expected \`${name}\` to have a list of ${list}.`, at);
      return [];
    };
    for (const pair of isMap(value) ? value.items : []) {
      const other = isScalar(pair.key) ? String(pair.key.value) : '';
      if (other !== 'phrases' && other !== 'unless')
        say(
          `Expected only phrases and unless, got \`${other}\`.`,
          isScalar(pair.key) ? pair.key.range?.[0] : at,
        );
    }
    return {name, phrases: listed('phrases', true), unless: listed('unless', false)};
  });
  return {signals, faults};
}

function phraseIn(item: unknown, say: (sentence: string, offset?: number) => void): Phrase[] {
  const at = isNodeWithRange(item) ? item.range?.[0] : 0;
  try {
    if (isScalar(item) && typeof item.value === 'string') return [readPhrase(item.value)];
    say('Expected a phrase, in quotes where YAML reads it as something else.', at);
  } catch (error) {
    say(error instanceof Error ? error.message : String(error), at);
  }
  return [];
}

function isNodeWithRange(item: unknown): item is Pick<Node, 'range'> {
  return typeof item === 'object' && item !== null && 'range' in item;
}
