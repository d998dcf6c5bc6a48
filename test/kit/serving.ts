import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {buffer} from 'node:stream/consumers';
import type {ExecutionContext} from 'ava';
import {type CloudEvent, type Config, type Contract, decode, type Log, type Person, type Service} from '#kit';
import {
  type Asking,
  encodeBinary,
  folderBlobs,
  identityHeader,
  newKeyPair,
  privateFile,
  publicFile,
  readConfig,
  signer,
  start,
  toEvent,
} from '#kit/wire';
import {examplesOfWords} from '../../services/image/heard.ts';
import {letterWritten} from './letters.ts';

export interface Answer {
  status: number;
  headers: Headers;
  body: Buffer;
  /** The reply event; undefined when the body is empty. */
  reply: CloudEvent | undefined;
}

export interface Running {
  url: string;
  config: Config;
  /** What the service has logged, a JSON line each. */
  lines: string[];
  /** Asks at a front door, as somebody whom the way in has let in. (Default: who may do everything) */
  ask(path: string, request?: RequestInit, person?: Person): Promise<Answer>;
  stop(): Promise<void>;
}

/** Somebody who may do everything. */
export const operator: Person = {name: 'ola', role: 'operate'};

/** Starts a service on a free port with data of its own; stopped when the test ends. */
export async function serving(
  t: ExecutionContext,
  service: Service,
  changes: Partial<Config> = {},
): Promise<Running> {
  const config = {...readConfig({PORT: '0', DIP_DATA_DIR: folder(t)}), ...changes};
  makeKeys(config.identityDirectory);
  const lines: string[] = [];
  const log: Log = (level, message, fields) => lines.push(JSON.stringify({level, message, ...fields}));
  const {url, stop} = await start(service, config, log);
  let stopped: Promise<void> | undefined;
  const stopOnce = () => {
    stopped ??= stop();
    return stopped;
  };
  t.teardown(stopOnce);
  const ask = asking({url, name: service.name, keys: config.identityDirectory});
  return {url, config, lines, ask, stop: stopOnce};
}

/** Puts a new pair of keys into a folder of the test's own: in one of all tests, they would take each other's. */
export function makeKeys(into: string): void {
  if (!into.startsWith(tmpdir())) throw new RangeError(`Expected a folder of this test's own, got ${into}.`);
  const {privatePem, publicPem} = newKeyPair(new Date());
  mkdirSync(into, {recursive: true});
  writeFileSync(path.join(into, privateFile), privatePem);
  writeFileSync(path.join(into, publicFile), publicPem);
}

/** Asks at a service's front doors with the private key of a folder, as the way in does. */
export function asking({url, name, keys}: {url: string; name: string; keys: string}): Running['ask'] {
  return async (asked, request = {}, person = operator) => {
    const {method = 'GET', headers} = request;
    const signed = new Headers(headers);
    for (const [header, value] of Object.entries(
      await signedBy(keys, {person, service: name, method, path: asked}),
    ))
      signed.set(header, value);
    return send(`${url}${asked}`, {...request, headers: signed});
  };
}

/** The header by which a service believes who asks, signed with the private key of a folder. */
export async function signedBy(keys: string, asking: Asking): Promise<Record<string, string>> {
  return {[identityHeader]: await signer(keys, {warn: () => {}})(asking, 60_000)};
}

/** A folder of its own for a test, gone when it ends. */
export function folder(t: ExecutionContext): string {
  const made = mkdtempSync(path.join(tmpdir(), 'dip-kit-'));
  // Teardowns run last to first: by then the services that use it have stopped.
  t.teardown(() => rmSync(made, {recursive: true, force: true}));
  return made;
}

/** A letter as an event from outside. */
export function letter(
  id: string,
  attributes: Record<string, string> = {},
  contract: Contract = letterWritten,
): CloudEvent {
  const draft = {contract, data: contract.example};
  const event = toEvent(draft, {service: 'post-office', id, time: new Date('2026-01-31T09:00:00Z')});
  return {...event, attributes: {...event.attributes, ...attributes}};
}

/** Keeps the words that the example of a contract names, where a service will look for them. */
export async function keepWords({dataDirectory}: Config, contract: Contract): Promise<void> {
  const blobs = folderBlobs(path.join(dataDirectory, 'blobs'));
  for (const [ref, bytes] of examplesOfWords(contract)) await blobs.write(ref, bytes);
}

/** Hands an event to a service as a broker does. */
export function deliver(url: string, event: CloudEvent, pathname = '/events'): Promise<Answer> {
  const {headers, body} = encodeBinary(event);
  return send(`${url}${pathname}`, {method: 'POST', headers, body: new Uint8Array(body)});
}

/** Any request, its answer read to the end. */
export async function send(url: string, request: RequestInit): Promise<Answer> {
  const {status, headers, ...answer} = await fetch(url, request).then(async (response) => ({
    status: response.status,
    headers: response.headers,
    body: Buffer.from(await response.arrayBuffer()),
  }));
  const isEvent = headers.has('ce-id');
  return {
    status,
    headers,
    body: answer.body,
    reply: isEvent ? decode(Object.fromEntries(headers), answer.body) : undefined,
  };
}

/** Everything of an answer that another delivery must repeat. */
export function sameBytes({status, headers, body}: Answer): string {
  const kept = [...headers].filter(([name]) => name.startsWith('ce-') || name.startsWith('content-'));
  return JSON.stringify([status, kept, body.toString('latin1')]);
}

/** A broker that takes events, and answers the first ones with the given statuses; 202 after that. */
export async function broker(
  t: ExecutionContext,
  statuses: number[] = [],
): Promise<{url: URL; taken: CloudEvent[]}> {
  const taken: CloudEvent[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      taken.push(decode(request.headers, body));
      response.writeHead(statuses.shift() ?? 202).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('Expected a port.');
  return {url: new URL(`http://127.0.0.1:${address.port}/default/broker`), taken};
}
