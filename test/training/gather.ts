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

/** Of the questions to a bank's chat, which are sorted by their kind, one in so many is taken: few are unlike any letter. */
const oneQuestionIn = 4;
/** Letters of people at risk are far from them, and few tell those from bank questions. */
const oneQuestionAmongRisksIn = 16;
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
async function foreignTexts(folder: string, oneIn: number): Promise<Example[]> {
  const questions = questionsOf(await readFile(path.join(folder, 'banking77/train.csv'), 'utf8'));
  const languages = path.join(folder, 'language-samples');
  const names = (await readdir(languages)).filter((name) => /^..\.txt$/.test(name)).sort();
  const passages = await Promise.all(
    names.map(async (name) => {
      const text = await readFile(path.join(languages, name), 'utf8');
      return passagesOf(text).slice(0, name === 'en.txt' ? undefined : passagesPerLanguage);
    }),
  );
  return [...questions.filter((_, at) => at % oneIn === 0), ...passages.flat()].map(
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

/**
 * Letters of people at risk, or with the law at the door, by the first of their signals, and others that come near: those
 * that were written for the training, and every other one of those that another writer wrote. Their other half is the test.
 */
async function lettersAtRisk(): Promise<Example[]> {
  const tested = path.join(import.meta.dirname, '../documents/at-risk');
  const [learned, letters, ordinary] = await Promise.all([
    linesOf(path.join(import.meta.dirname, 'at-risk/examples.jsonl')),
    linesOf(path.join(tested, 'letters.jsonl')),
    linesOf(path.join(tested, 'ordinary.jsonl')),
  ]);
  return [...learned, ...letters.filter(isLearned), ...ordinary.filter(isLearned)].map(
    ({signals = [], text}): Example => ({category: signals[0] ?? null, text}),
  );
}

/** A letter, with what it signals. */
export interface LetterAtRisk {
  readonly id?: string;
  readonly signals?: readonly string[];
  readonly text: string;
}

async function linesOf(file: string): Promise<LetterAtRisk[]> {
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  return lines.map((line): LetterAtRisk => JSON.parse(line));
}

/** Whether a letter of the other writer is learned from, by its place in the file; the others are the test. */
export function isLearned(_letter: unknown, place: number): boolean {
  return place % 2 === 0;
}

/** The other writer's letters that nothing is learned from: `letters.jsonl` of people at risk, or `ordinary.jsonl`. */
export async function heldLetters(file: 'letters.jsonl' | 'ordinary.jsonl'): Promise<LetterAtRisk[]> {
  const letters = await linesOf(path.join(import.meta.dirname, '../documents/at-risk', file));
  return letters.filter((letter, place) => !isLearned(letter, place));
}

/** Of the complaints one in so many is taken for an ordinary letter, unless it may be none. */
const oneComplaintIn = 4;
const mayBeAtRisk =
  /\b(?:died|dies|death|deceased|passed away|widow|funeral|estate|suicid|homeless|evict|foreclos|auction|sheriff|summons|court|hospital|cancer|disab|illness|minor|child|abus|violen|attorney|lawyer|law firm)/i;

/** The examples of the model of signals: letters that give one, and others that give none. */
export async function gatherAtRisk(folder = documents): Promise<Example[]> {
  const ordinary = [
    ...(await complaints(folder)).filter((_, at) => at % oneComplaintIn === 0),
    ...(await madeUpTexts()),
  ];
  const others = [
    ...ordinary.filter(({text}) => !mayBeAtRisk.test(text)),
    ...(await foreignTexts(folder, oneQuestionAmongRisksIn)),
  ];
  return [...(await lettersAtRisk()), ...others.map(({text}): Example => ({category: null, text}))];
}

/** The examples of the model of categories. */
export async function gather(folder = documents): Promise<Example[]> {
  return (await Promise.all([complaints(folder), foreignTexts(folder, oneQuestionIn), madeUpTexts()])).flat();
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
