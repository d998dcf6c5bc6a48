import {accessSync, constants, existsSync} from 'node:fs';
import {createServer} from 'node:net';
import path from 'node:path';
import {parsed, textAt} from '#kit/json';
import {messageOf} from '../failure.ts';
import type {Finding, NamedFinding} from './finding.ts';

/** What is looked at on one machine. */
export interface Machine {
  readonly manifests: readonly string[];
  readonly dataDirectory: string;
  readonly port: number;
  readonly signal: AbortSignal;
}

/** The Node that DIP is written for: it runs TypeScript as it is, and has SQLite. */
const leastNode = 24;

/** Whether DIP would run on this machine. It looks and changes nothing. */
export async function examineMachine(machine: Machine): Promise<NamedFinding[]> {
  const named = (check: string, finding: Finding): NamedFinding => ({check, ...finding});
  return [
    named('node', node()),
    ...(await manifests(machine)).map((finding) => named('manifests', finding)),
    named('data-folder', await dataFolder(machine)),
    named('port', await port(machine)),
  ];
}

function node(): Finding {
  const {node: version} = process.versions;
  if (Number(version.split('.')[0]) >= leastNode) {
    return {standing: 'ok', sentence: `Node ${version} on ${process.platform} ${process.arch}.`};
  }
  const sentence = `This is Node ${version}; DIP wants ${leastNode} or later.`;
  return {
    standing: 'wrong',
    sentence,
    next: 'Start it with `npx dip`, which uses the Node that npm installed.',
  };
}

/** The counts first, then what has no effect here: a warning where something is missed. */
async function manifests({manifests: paths}: Machine): Promise<Finding[]> {
  const {readManifests, foldNotes} = await import('#manifests');
  try {
    const {brokers, triggers, services, notes, forClusters} = await readManifests(paths);
    const folded = (sentences: readonly string[], standing: Finding['standing']) =>
      foldNotes(sentences, process.cwd()).map((sentence) => ({standing, sentence}));
    const unread = [...folded(notes, 'warn'), ...folded(forClusters, 'ok')];
    const counts = `${brokers.length} Brokers, ${triggers.length} Triggers and ${services.length} Knative Services`;
    if (services.length > 0) return [{standing: 'ok', sentence: `The manifests are ${counts}.`}, ...unread];
    const sentence = `The manifests in ${paths.join(' and ')} hold no Knative Service: nothing would run.`;
    return [{standing: 'wrong', sentence, next: 'Name files or folders with --manifests.'}, ...unread];
  } catch (error) {
    return [{standing: 'wrong', sentence: messageOf(error), next: 'Correct that file.'}];
  }
}

async function dataFolder({dataDirectory: folder}: Machine): Promise<Finding> {
  const {holderOf} = await import('#local');
  const subject = folder;
  try {
    const holder = holderOf(path.join(folder, 'lock'));
    if (holder !== undefined) {
      return {standing: 'ok', subject, sentence: `The data folder ${folder} belongs to ${holder}.`};
    }
    accessSync(nearestExisting(folder), constants.W_OK);
    const sentence = existsSync(folder)
      ? `The data folder ${folder} can be written, and no DIP has it.`
      : `The data folder ${folder} will be made.`;
    return {standing: 'ok', subject, sentence};
  } catch (error) {
    const sentence = `The data folder ${folder} can not be used: ${messageOf(error)}.`;
    return {standing: 'wrong', subject, sentence, next: 'Choose another with --data-dir.'};
  }
}

function nearestExisting(folder: string): string {
  return existsSync(folder) ? folder : nearestExisting(path.dirname(folder));
}

async function port({port: number, signal}: Machine): Promise<Finding> {
  if (await isFree(number)) return {standing: 'ok', sentence: `Port ${number} is free.`};
  const url = `http://127.0.0.1:${number}`;
  if (await isDip(url, signal)) return {standing: 'ok', sentence: `A DIP answers at ${url}.`};
  return {
    standing: 'warn',
    sentence: `Port ${number} is taken by another program.`,
    next: 'Take another: npm start -- --port 9000',
  };
}

async function isFree(number: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({port: number, host: '127.0.0.1', exclusive: true}, () =>
      server.close(() => resolve(true)),
    );
  });
}

async function isDip(url: string, signal: AbortSignal): Promise<boolean> {
  try {
    const answer = await fetch(url, {signal: AbortSignal.any([signal, AbortSignal.timeout(2_000)])});
    return textAt(parsed(await answer.text()), 'name') === 'dip';
  } catch {
    signal.throwIfAborted();
    return false;
  }
}
