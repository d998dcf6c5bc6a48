import {setTimeout as wait} from 'node:timers/promises';
import {Chance} from '../flow/chance.ts';
import {hostileDocument} from './documents.ts';
import {strangeEvent} from './events.ts';
import {strangeForm} from './forms.ts';
import {strangeHead} from './heads.ts';
import {type Heard, sendRaw} from './raw.ts';

/** What strangers have done so far, and what came of it. */
export interface Hostility {
  readonly sent: Record<'forms' | 'heads' | 'documents' | 'events', number>;
  /** Of every request that was answered as none may be. */
  readonly faults: string[];
  /** Ids of the documents that were accepted: those who sent them were told 202. */
  readonly accepted: string[];
  /** Milliseconds of the slowest answer to a form or a strange head. */
  slowestMs: number;
}

export interface HostilityOptions {
  readonly seed: number;
  readonly isOver: () => boolean;
  readonly documentPauseMs: number;
  /** Who they say that they are. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Strangers of each kind, one request after the other each, until they are told to stop. */
export async function beHostile(
  url: string,
  {seed, isOver, documentPauseMs, headers}: HostilityOptions,
): Promise<Hostility> {
  const hostility: Hostility = {
    sent: {forms: 0, heads: 0, documents: 0, events: 0},
    faults: [],
    accepted: [],
    slowestMs: 0,
  };
  const untilOver = async (kind: keyof Hostility['sent'], request: (chance: Chance) => Promise<void>) => {
    const chance = new Chance(seed);
    for (; !isOver(); hostility.sent[kind]++) await request(chance);
  };
  await Promise.all([
    untilOver('forms', (chance) => sendForm(url, {chance, headers}, hostility)),
    untilOver('heads', (chance) => sendHead(url, {chance, headers}, hostility)),
    untilOver('documents', async (chance) => {
      await sendDocument(url, {chance, headers}, hostility);
      await wait(documentPauseMs);
    }),
    untilOver('events', (chance) => sendEvent(url, {chance, headers}, hostility)),
  ]);
  return hostility;
}

/** By what chance somebody sends, and who that is. */
interface Sender extends Pick<HostilityOptions, 'headers'> {
  readonly chance: Chance;
}

async function sendForm(url: string, {chance, headers}: Sender, hostility: Hostility): Promise<void> {
  const {bytes, isCut} = strangeForm(chance, headers);
  const heard = await sendRaw(url, bytes, {isCut});
  if (isCut) return;
  judge(`form ${hostility.sent.forms}`, heard, hostility);
  if (heard.status === undefined) hostility.faults.push(`form ${hostility.sent.forms} got no answer`);
  noteAccepted(heard.said, hostility);
}

async function sendHead(url: string, {chance, headers}: Sender, hostility: Hostility): Promise<void> {
  const bytes = strangeHead(chance, headers);
  const heard = await sendRaw(url, bytes, {isAll: true});
  judge(`head ${hostility.sent.heads} (${bytes.toString('latin1', 0, 60)})`, heard, hostility);
  noteAccepted(heard.said, hostility);
}

/** A server may close a connection that makes no sense; it may not say that it broke, nor nothing at all. */
function judge(what: string, {status, isOver, ms}: Heard, hostility: Hostility): void {
  hostility.slowestMs = Math.max(hostility.slowestMs, Math.round(ms));
  if (status !== undefined && status >= 500) hostility.faults.push(`${what} was answered ${status}`);
  if (!isOver) hostility.faults.push(`${what} was not answered within ${Math.round(ms)} ms`);
}

function noteAccepted(said: string, {accepted}: Hostility): void {
  const documentId = /^HTTP\/1\.1 202 .*"documentId":"([^"]+)"/s.exec(said)?.[1];
  if (documentId !== undefined) accepted.push(documentId);
}

async function sendDocument(url: string, {chance, headers}: Sender, hostility: Hostility): Promise<void> {
  const {name, bytes} = hostileDocument(chance);
  const answer = await posted(`${url}/api/ingestion/documents`, {
    headers: {...headers, 'content-type': 'application/octet-stream'},
    body: bytes,
  });
  if (typeof answer === 'string') return void hostility.faults.push(`${name} got no answer: ${answer}`);
  const {said} = answer;
  // Five hundred documents of theirs wait to be read: nobody else's are refused for that.
  if (answer.status === 429) return;
  if (answer.status !== 202) hostility.faults.push(`${name} was answered ${answer.status}: ${said}`);
  else hostility.accepted.push(JSON.parse(said).documentId);
}

async function sendEvent(url: string, {chance, headers}: Sender, hostility: Hostility): Promise<void> {
  const answer = await posted(`${url}/dip/default`, {
    headers: {...headers, 'content-type': 'application/cloudevents+json'},
    body: strangeEvent(chance, String(hostility.sent.events)),
  });
  if (typeof answer === 'string') return void hostility.faults.push(`an event got no answer: ${answer}`);
  const {said} = answer;
  if (answer.status >= 500) hostility.faults.push(`an event was answered ${answer.status}: ${said}`);
}

/**
 * What a request was answered, or why it was not. Each has a connection of its own: one that is kept can be closed by the
 * server in the moment in which the next request is written, which is nobody's fault.
 */
async function posted(
  url: string,
  {headers, body}: {headers: Readonly<Record<string, string>>; body: Uint8Array},
): Promise<{status: number; said: string} | string> {
  try {
    const request = {method: 'POST', headers: {...headers, connection: 'close'}, body: new Uint8Array(body)};
    const answer = await fetch(url, request);
    return {status: answer.status, said: await answer.text()};
  } catch (error) {
    return error instanceof Error ? `${error.message}: ${error.cause}` : String(error);
  }
}
