import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {brotliCompressSync} from 'node:zlib';
import {encodeModel} from '../../services/classification/model-file.ts';
import {trainModel} from '../../services/classification/train.ts';
import {temporaryFolder} from '../dip-process.ts';
import {foreignExamples, madeUpExamples} from './made-up-examples.ts';

/** A model of letters to a town hall, with categories of which none ships: the bytes of its file. */
export const townHall = encodeModel(
  trainModel([...madeUpExamples(10), ...foreignExamples(10)], {name: 'town-hall', version: '1.0.0'}),
);

/** What it is about. */
export const townHallCategories = ['library', 'parking', 'street_lighting', 'waste'];

/** A letter to a town hall. */
export const aboutParking =
  'Dear town hall, I got a parking ticket. The parking fine is unfair. Please answer soon.';

/** A file compressed, as the docs say how. */
export function compressed(bytes: Uint8Array): Uint8Array {
  return brotliCompressSync(bytes);
}

/** A folder of settings with these files in it. */
export async function settingsOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = path.join(await temporaryFolder(), 'settings');
  mkdirSync(folder);
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  return folder;
}
