import path from 'node:path';
import {messageOf} from '../failure.ts';
import type {Server} from '../server/connect.ts';
import type {Terminal} from '../terminal.ts';
import type {JsonEvent} from './event.ts';

/** Where a command looks for what a DIP on this machine keeps. */
export const dataFolder = {
  type: 'string',
  value: 'DIR',
  help: 'The data folder of a DIP on this machine, for words that an example names (default .dip)',
} as const;

/**
 * Puts the words where services look for them that an event names and only the examples of the contracts hold: a
 * letter, what it says, an answer. Without them nobody could take the event. Words that are there stay as they are.
 *
 * They go into the data folder of the DIP that the event is sent to, or else to BLOBS_URL. Where neither is to be had
 * a note says that the event may end as a dead letter.
 */
export async function keepExampleWords(
  event: JsonEvent,
  to: Pick<Server, 'url'>,
  {folder, terminal}: {readonly folder: string | undefined; readonly terminal: Terminal},
): Promise<void> {
  const {wordsNamedBy} = await import('./example-words.ts');
  const words = wordsNamedBy(event['data']);
  if (words.size === 0) return;
  const names = [...words.keys()].join(' and ');
  try {
    const blobs = await storeOf(to, folder ?? '.dip', terminal);
    if (blobs === undefined) {
      terminal.note(
        `Warning: the data names ${names}, which this dip can not put there: the DIP at ${to.url} does not keep its data in ${folder ?? '.dip'}, and BLOBS_URL is not set. Unless it is there, the event ends as a dead letter; \`--data-dir\` names another folder.`,
      );
      return;
    }
    // People's words are for nobody else of this machine, and neither are examples of them.
    process.umask(0o077);
    for (const [ref, bytes] of words) await blobs.write(ref, bytes);
    terminal.note(`The data names ${names}: kept as the words of the example.`);
  } catch (error) {
    terminal.note(`Warning: the data names ${names}, which could not be kept: ${messageOf(error)}`);
  }
}

async function storeOf({url}: Pick<Server, 'url'>, folder: string, {env}: Terminal) {
  const [{openBlobs, readConfig}, {holderOf}] = await Promise.all([import('#kit/wire'), import('#local')]);
  const holder = holderOf(path.join(folder, 'lock'));
  const config = readConfig({...env, DIP_DATA_DIR: folder});
  if (holder !== undefined && isAt(holder, url))
    return openBlobs({...config, blobsUrl: undefined, isOnKubernetes: false});
  return config.blobsUrl === undefined ? undefined : openBlobs(config);
}

/** Whether a sentence about who has a data folder names an address of this machine. */
function isAt(holder: string, url: string): boolean {
  const {hostname, port, protocol} = new URL(url);
  const isHere = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
  return protocol === 'http:' && isHere && holder.endsWith(`:${port || '80'}`);
}
