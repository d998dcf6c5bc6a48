import {parse} from 'yaml';

/** What a letter can ask for when a document does not say it. */
export type Askable = 'reference' | 'amount' | 'date';

/** What stands above a letter, and the letter. */
export interface TemplateHead {
  readonly subject: string;
  /** The line of the file that the subject stands in, from 1. */
  readonly subjectLine: number;
  readonly asks: ReadonlyMap<Askable, string>;
  readonly body: string;
  /** The line of the file that the body starts in, from 1. */
  readonly bodyLine: number;
}

const form = /^---\r?\n(.*?)\r?\n---\r?\n/s;

const askable: readonly string[] = ['reference', 'amount', 'date'] satisfies Askable[];

/**
 * Reads the head of a template: YAML between two lines of `---`, with the subject and, under `asks`, what to ask
 * for in which words when a document does not say it.
 *
 * @throws Error, a sentence with file and line, when it is anything else.
 */
export function readHead(source: string, filename: string): TemplateHead {
  const match = form.exec(source);
  if (match === null) throw new Error(`${filename}:1: Expected a head between two lines of ---, got none.`);
  const [whole, yaml = ''] = match;
  const {subject, asks = {}, ...others} = objectOf(readYaml(yaml, filename));
  const lineOf = (key: string) =>
    yaml.split('\n').findIndex((line) => line.trimStart().startsWith(`${key}:`)) + 2;
  for (const key of Object.keys(others))
    throw new Error(`${filename}:${lineOf(key)}: Expected only subject and asks, got \`${key}\`.`);
  if (typeof subject !== 'string' || subject.trim() === '')
    throw new Error(`${filename}:${lineOf('subject')}: Expected a subject, got ${JSON.stringify(subject)}.`);
  const questions = Object.entries(objectOf(asks)).map(([key, question]): [Askable, string] => {
    if (isAskable(key) && typeof question === 'string' && question !== '') return [key, question];
    const got = `\`${key}: ${JSON.stringify(question)}\``;
    throw new Error(
      `${filename}:${lineOf(key)}: Expected words to ask for ${askable.join(', ')}, got ${got}.`,
    );
  });
  return {
    subject,
    subjectLine: lineOf('subject'),
    asks: new Map(questions),
    body: source.slice(whole.length),
    bodyLine: whole.split('\n').length,
  };
}

function isAskable(key: string): key is Askable {
  return askable.includes(key);
}

function readYaml(yaml: string, filename: string): unknown {
  try {
    return parse(yaml, {prettyErrors: true});
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = Number(/at line (\d+)/.exec(message)?.[1] ?? 0) + 1;
    throw new Error(`${filename}:${line}: ${message.split('\n')[0]?.replace(/ at line.*$/, '')}.`, {
      cause: error,
    });
  }
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? {...value} : {};
}
