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
  const {signals, faults} = checkSignals(yamlText, filename);
  if (faults.length > 0) throw new Error(faults.join('\n'));
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
  const signals = signalsIn(file);
  return {signals, faults: file.faults, warnings: file.warnings};
}

const names = Object.keys(known).join(', ');
const lists: readonly string[] = ['phrases', 'unless'];

/** Says of the file what is wrong with it. */
function signalsIn(file: YamlFile): Signal[] {
  const {value} = file;
  if (value === undefined) return [];
  if (isMapping(value)) return Object.entries(value).map(([name, said]) => signalIn(file, name, said));
  file.say(`Expected signals by name: ${names}.`);
  return [];
}

function signalIn(file: YamlFile, name: string, said: unknown): Signal {
  if (!Object.hasOwn(known, name)) file.say(`Expected a signal of ${names}, got \`${name}\`.`, [name]);
  const members = isMapping(said) ? said : {};
  for (const other of Object.keys(members).filter((key) => !lists.includes(key)))
    file.say(`Expected only phrases and unless, got \`${other}\`.`, [name, other]);
  if (members['phrases'] === undefined) file.say(`Expected \`${name}\` to have a list of phrases.`, [name]);
  const [phrases = [], unless = []] = lists.map((list) => phrasesIn(file, [name, list], members[list]));
  return {name, phrases, unless};
}

function phrasesIn(file: YamlFile, path: Path, list: unknown): Phrase[] {
  if (list === undefined) return [];
  if (Array.isArray(list)) return list.flatMap((said, place) => phraseIn(file, [...path, place], said));
  file.say(`Expected \`${path[0]}\` to have lists of phrases.`, path);
  return [];
}

function phraseIn(file: YamlFile, path: Path, said: unknown): Phrase[] {
  try {
    if (typeof said === 'string') {
      const phrase = readPhrase(said);
      const misreading = misreadingOf(said);
      if (misreading !== undefined) file.warn(misreading, path);
      return [phrase];
    }
    file.say('Expected a phrase, in quotes where YAML reads it as something else.', path);
  } catch (error) {
    file.say(messageOf(error), path);
  }
  return [];
}
