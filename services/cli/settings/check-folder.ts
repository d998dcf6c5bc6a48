import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import {readVocabulary, shippedVocabulary, type Vocabulary} from '#settings';
import {messageOf} from '../failure.ts';
import {type Checked, checkOf, checkRules, filenames} from './checks.ts';

const shippedRules = fileURLToPath(new URL('../../routing/rules.yaml', import.meta.url));

/** Checks every file of a folder of settings, in order of their names. */
export async function checkFolder(folder: string): Promise<Map<string, Checked>> {
  const found = new Map<string, Checked>();
  const vocabulary = await readVocabulary({settingsDirectory: folder}).catch(messageOf);
  // What rules and letters may name is not known before that is mended.
  if (typeof vocabulary === 'string') return found.set(folder, {has: '', faults: [vocabulary]});
  // A mounted ConfigMap keeps its files a second time, in a folder whose name begins with a dot.
  const names = (await readdir(folder)).filter((each) => !each.startsWith('.')).sort();
  for (const name of names)
    found.set(path.join(folder, name), await checked(path.join(folder, name), vocabulary));
  // The rules that ship may name what the owner's model does not know.
  if (vocabulary !== shippedVocabulary && !names.includes('rules.yaml'))
    found.set(shippedRules, await checked(shippedRules, vocabulary, checkRules));
  return found;
}

async function checked(
  file: string,
  vocabulary: Vocabulary,
  check = checkOf(path.basename(file)),
): Promise<Checked> {
  if (check !== undefined) return check({name: file, text: () => readFile(file, 'utf8'), vocabulary});
  return {has: '', faults: [`${file}: Expected ${filenames}: no service reads a file of this name.`]};
}
