import {signals as known} from '#events';
import {messageOf} from '#kit';
import {isMapping, type Path, YamlFile} from '#settings';
import {misreadingOf} from './misreading.ts';
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
  // What is read otherwise than meant is looked for before it is put to use, and not at each start.
  const file = new YamlFile(yamlText, filename);
  const signals = signalsIn({file});
  if (file.faults.length > 0) throw new Error(file.faults.join('\n'));
  return signals;
}

/** What a file says. */
export interface CheckedSignals {
  /** Those that are sound. */
  readonly signals: Signal[];
  /** What is wrong with the others, a line each as `readSignals` says it. */
  readonly faults: readonly string[];
  /** What is read otherwise than its writer is likely to have meant it, a line each. */
  readonly warnings: readonly string[];
}

/** Reads a file of which something may be wrong, and says what. */
export function checkSignals(yamlText: string, filename: string): CheckedSignals {
  const file = new YamlFile(yamlText, filename);
  const signals = signalsIn({file, misreading: misreadingOf});
  return {signals, faults: file.faults, warnings: file.warnings};
}

const names = Object.keys(known).join(', ');
const lists: readonly string[] = ['phrases', 'unless'];

/** A file, and what finds out that a phrase in it is read otherwise than meant. (Default: nothing is looked for) */
interface Reading {
  readonly file: YamlFile;
  readonly misreading?: (phrase: string) => string | undefined;
}

/** Says of the file what is wrong with it. */
function signalsIn(reading: Reading): Signal[] {
  const {file} = reading;
  const {value} = file;
  if (value === undefined) return [];
  if (isMapping(value)) return Object.entries(value).map(([name, said]) => signalIn(reading, name, said));
  file.say(`Expected signals by name: ${names}.`);
  return [];
}

function signalIn(reading: Reading, name: string, said: unknown): Signal {
  const {file} = reading;
  if (!Object.hasOwn(known, name)) file.say(`Expected a signal of ${names}, got \`${name}\`.`, [name]);
  const members = isMapping(said) ? said : {};
  for (const other of Object.keys(members).filter((key) => !lists.includes(key)))
    file.say(`Expected only phrases and unless, got \`${other}\`.`, [name, other]);
  if (members['phrases'] === undefined) file.say(`Expected \`${name}\` to have a list of phrases.`, [name]);
  const [phrases = [], unless = []] = lists.map((list) => phrasesIn(reading, [name, list], members[list]));
  return {name, phrases, unless};
}

function phrasesIn(reading: Reading, path: Path, list: unknown): Phrase[] {
  if (list === undefined) return [];
  if (Array.isArray(list)) return list.flatMap((said, place) => phraseIn(reading, [...path, place], said));
  reading.file.say(`Expected \`${path[0]}\` to have lists of phrases.`, path);
  return [];
}

function phraseIn({file, misreading}: Reading, path: Path, said: unknown): Phrase[] {
  try {
    if (typeof said === 'string') {
      const phrase = readPhrase(said);
      const otherwise = misreading?.(said);
      if (otherwise !== undefined) file.warn(otherwise, path);
      return [phrase];
    }
    file.say('Expected a phrase, in quotes where YAML reads it as something else.', path);
  } catch (error) {
    file.say(messageOf(error), path);
  }
  return [];
}
