/**
 * The examples of the shipped model: letters of the CFPB, texts about something else, and letters and texts that were
 * written for the training. Always the same ones in the same order.
 */
import {existsSync} from 'node:fs';
import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import type {Example} from '../../services/classification/lesson.ts';

/** Where the texts of others are looked for: beside the project, as the tests do. */
export const documents = path.join(import.meta.dirname, '../../../shared/documents');

/** Of the questions to a bank's chat, which are sorted by their kind, one in so many is taken. */
const oneQuestionIn = 16;
const passageLength = 800;
const passagesPerLanguage = 6;

/** The folders that are needed and not there. */
export function missingFrom(folder: string): string[] {
  return ['cfpb-complaints/train.jsonl', 'banking77/train.csv', 'language-samples'].filter(
    (name) => !existsSync(path.join(folder, name)),
  );
}

/** Letters that consumers sent to the CFPB. */
export async function complaints(folder = documents): Promise<Example[]> {
  const lines = await readFile(path.join(folder, 'cfpb-complaints/train.jsonl'), 'utf8');
  return lines
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const {text, label}: {text: string; label: string} = JSON.parse(line);
      return {category: label, text};
    });
}

/** Questions to a bank's chat, and passages in 16 languages, of which the English ones are speeches in parliament. */
export async function foreignTexts(folder = documents): Promise<Example[]> {
  const questions = questionsOf(await readFile(path.join(folder, 'banking77/train.csv'), 'utf8'));
  const languages = path.join(folder, 'language-samples');
  const names = (await readdir(languages)).filter((name) => /^..\.txt$/.test(name)).sort();
  const passages = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(path.join(languages, name), 'utf8');
      return passagesOf(text).slice(0, name === 'en.txt' ? undefined : passagesPerLanguage);
    }),
  );
  return [...questions.filter((_, at) => at % oneQuestionIn === 0), ...passages.flat()].map(
    (text): Example => ({category: null, text}),
  );
}

/** What was written for the training: short letters, a file for each category, and texts about something else. */
export async function madeUpTexts(): Promise<Example[]> {
  const [letters, texts] = await Promise.all(['letters', 'texts'].map(textsOf));
  return [
    ...(letters ?? []).map(({name, text}) => ({category: name, text, isMadeUp: true})),
    ...(texts ?? []).map(({text}) => ({category: null, text, isMadeUp: true})),
  ];
}

/** All of them. */
export async function gather(folder = documents): Promise<Example[]> {
  return (await Promise.all([complaints(folder), foreignTexts(folder), madeUpTexts()])).flat();
}

async function textsOf(folder: string): Promise<{name: string; text: string}[]> {
  const here = path.join(import.meta.dirname, folder);
  const files = (await readdir(here)).filter((name) => name.endsWith('.txt')).sort();
  const read = await Promise.all(
    files.map(async (file) => {
      const texts = (await readFile(path.join(here, file), 'utf8')).split('\n---\n');
      return texts.map((text) => ({name: path.basename(file, '.txt'), text: text.trim()}));
    }),
  );
  return read.flat();
}

function passagesOf(text: string): string[] {
  const number = Math.ceil(text.length / passageLength);
  return Array.from({length: number}, (_, at) =>
    text.slice(at * passageLength, (at + 1) * passageLength).trim(),
  ).filter((passage) => passage !== '');
}

/** The first column of a table of two, whose texts may stand in quotes and reach over lines. */
function questionsOf(table: string): string[] {
  const rows = table.matchAll(/^(?:"((?:[^"]|"")*)"|([^,\n"]*)),[^,\n]+$/gm);
  return [...rows].slice(1).map(([, quoted, plain]) => (quoted?.replaceAll('""', '"') ?? plain ?? '').trim());
}
