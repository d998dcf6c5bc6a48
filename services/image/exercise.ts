import {mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {encodeRecord, newToken} from '#gateway';
import type {CloudEvent, Service} from '#kit';
import {
  encodeBinary,
  folderBlobs,
  identityFolder,
  identityHeader,
  newKeyPair,
  privateFile,
  publicFile,
  signer,
  toEvent,
} from '#kit/wire';
import {type BuiltService, runBuilt} from './built-service.ts';
import {examplesOfWords, heardBy} from './heard.ts';
import {openSurroundings, type Surroundings} from './surroundings.ts';

/** A document of each kind that is read, so that the code for each is compiled. */
const documents = ['letter.pdf', 'letter.docx', 'letter.eml', 'letter.html', 'letter-windows-1252.txt'];
const documentFolder = path.join(import.meta.dirname, 'samples');

/**
 * Runs a built service through what it is there for, with tracing on, and keeps what V8 compiled meanwhile: V8
 * compiles a function when it is first called, and most that matter are called by the first event.
 *
 * @throws Error when the service does not take what it is given: then it is no service to put into an image.
 */
export async function exercise(
  service: Service,
  folder: string,
  {node, scripts}: {node: string; scripts: readonly string[]},
): Promise<void> {
  const data = await mkdtemp(path.join(tmpdir(), 'dip-build-'));
  await makeKeys(identityFolder(data));
  await using surroundings = await openSurroundings();
  let running: BuiltService | undefined;
  try {
    running = await runBuilt(folder, {node, env: environment(surroundings, data)});
    if (service.opens !== undefined) await comeIn(running, data);
    else if (service.routes?.['POST /documents'] !== undefined)
      await readDocuments(running, surroundings, identityFolder(data));
    else await hearExamples(service, running, data);
    await surroundings.telemetry();
    await running.writeCaches(scripts);
    await running.stop();
  } finally {
    running?.kill();
    await rm(data, {recursive: true, force: true});
  }
}

function environment({url}: Surroundings, data: string): Record<string, string> {
  return {
    K_SINK: url,
    DIP_DATA_DIR: data,
    DIP_SERVICES_URL: `${url}/{service}`,
    DIP_TOKENS_DIR: path.join(data, 'tokens'),
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    // Sent while we watch, as sending is code too.
    OTEL_BSP_SCHEDULE_DELAY: '20',
    OTEL_METRIC_EXPORT_INTERVAL: '100',
    OTEL_METRIC_EXPORT_TIMEOUT: '100',
  };
}

/** Keys as a Secret brings them. */
async function makeKeys(folder: string): Promise<void> {
  const {privatePem, publicPem} = newKeyPair(new Date());
  await mkdir(folder, {recursive: true});
  await writeFile(path.join(folder, privateFile), privatePem);
  await writeFile(path.join(folder, publicFile), publicPem);
}

/** A person with a token asks for something that lies with another service. */
async function comeIn({url}: BuiltService, data: string): Promise<void> {
  const {token, record} = newToken({role: 'operate', createdAt: new Date().toISOString(), expiresAt: null});
  await mkdir(path.join(data, 'tokens'), {recursive: true});
  await writeFile(path.join(data, 'tokens/build'), encodeRecord(record));
  const headers = {authorization: `Bearer ${token}`};
  await accepted(await fetch(`${url}/api/archive/documents`, {headers}), 'a request of a person');
}

/** Hands documents in, and then the events that follow from them. */
async function readDocuments(running: BuiltService, {events}: Surroundings, keys: string): Promise<void> {
  const person = {name: 'build', role: 'submit' as const};
  const asking = {person, service: 'ingestion', method: 'POST', path: '/documents'};
  const sign = signer(keys, {warn: () => {}});
  for (const name of documents) {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(await readFile(path.join(documentFolder, name)))]), name);
    const headers = {[identityHeader]: await sign(asking, 60_000)};
    await accepted(await fetch(`${running.url}/documents`, {method: 'POST', headers, body: form}), name);
  }
  for (const event of events.slice(0, documents.length)) await deliver(running, event);
}

/** Delivers the example of each contract that it hears, with the words that the example names. */
async function hearExamples(service: Service, running: BuiltService, data: string): Promise<void> {
  const blobs = folderBlobs(path.join(data, 'blobs'));
  for (const [index, contract] of heardBy(service).entries()) {
    for (const [ref, bytes] of examplesOfWords(contract)) await blobs.write(ref, bytes);
    const draft = {contract, data: contract.example};
    await deliver(running, toEvent(draft, {service: 'build', id: `example-${index}`, time: new Date()}));
  }
}

async function deliver({url}: BuiltService, event: CloudEvent): Promise<void> {
  const {headers, body} = encodeBinary(event);
  const answer = await fetch(`${url}/events`, {method: 'POST', headers, body: new Uint8Array(body)});
  await accepted(answer, String(event.attributes['type']));
}

async function accepted(answer: Response, what: string): Promise<void> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`Expected it to take ${what}, got ${answer.status}: ${text}`);
}
