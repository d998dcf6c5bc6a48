import {readdir} from 'node:fs/promises';
import path from 'node:path';
import {categories as shippedCategories, templates as shippedTemplates} from '#events';
import {type Config, ConfigError, messageOf} from '#kit';
import {compressed, readSealedModel, unsealModel} from './sealed-model.ts';
import {settingsFolder} from './setting.ts';
import {isMapping} from './yaml-file.ts';

/** The names that rules, letters and the model agree on. */
export interface Vocabulary {
  /** What a document can be found to be about: what the model of the categories knows. */
  readonly categories: readonly string[];
  /** The letters that a rule can answer with. */
  readonly templates: readonly string[];
}

/** What ships with DIP. */
export const shippedVocabulary: Vocabulary = {categories: shippedCategories, templates: shippedTemplates};

type Owner = Pick<Config, 'settingsDirectory'>;

/**
 * The names that hold with the owner's files: where there is a model of theirs, its categories, and besides the letters
 * that ship those that the owner has written for one of these categories, under its name.
 *
 * @throws ConfigError when the folder is none, Error when the model in it can't be read.
 */
export async function readVocabulary(owner: Owner): Promise<Vocabulary> {
  const folder = await settingsFolder(owner);
  const model = await ownModelFile(owner, 'categories.model');
  if (folder === undefined || model === undefined) return shippedVocabulary;
  const categories = await categoriesOf(model);
  const files = await readdir(folder);
  const written = categories.filter((category) => files.includes(`${category}.liquid`));
  return {categories, templates: [...new Set([...shippedTemplates, ...written])].sort()};
}

/**
 * The owner's model of this name, compressed or not, by its path; undefined where there is none.
 *
 * @throws ConfigError when the folder is none, or it has the model twice.
 */
export async function ownModelFile(owner: Owner, name: string): Promise<string | undefined> {
  const folder = await settingsFolder(owner);
  if (folder === undefined) return undefined;
  const found = (await readdir(folder)).filter((file) => file === name || file === name + compressed).sort();
  if (found.length > 1)
    throw new ConfigError(`Expected one of ${found.join(' and ')} in ${folder}, got both.`);
  return found[0] === undefined ? undefined : path.join(folder, found[0]);
}

async function categoriesOf(file: string): Promise<string[]> {
  try {
    const {header} = unsealModel(await readSealedModel(file));
    const said: unknown = isMapping(header) ? header['categories'] : undefined;
    if (Array.isArray(said)) return said.map(String);
    throw new Error('its header names no categories.');
  } catch (error) {
    throw new Error(`Expected a model in \`${file}\`: ${messageOf(error)}`, {cause: error});
  }
}
