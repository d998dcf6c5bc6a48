import {readFileSync} from 'node:fs';
import path from 'node:path';
import type {CloudEvent, Contract, Service} from '#kit';
import {folderBlobs, toEvent} from '#kit/wire';
import {examplesOfWords, heardBy} from '../../services/image/heard.ts';
import {type Answer, asking, deliver, sameBytes} from '../kit/serving.ts';
import {giveToUser, type Running} from './built.ts';
import {project} from './dockerfile.ts';

/** What it answers when it is given what it is there for: to people first, then to the broker. */
export async function conversation(
  service: Service,
  running: Running,
  taken: readonly CloudEvent[],
): Promise<string[]> {
  if (service.opens !== undefined) return [await said(await fetch(`${running.url}/api/archive/documents`))];
  if (service.routes?.['POST /documents'] !== undefined) return readDocuments(running, taken);
  const blobs = folderBlobs(path.join(running.data, 'blobs'));
  const answers: string[] = [];
  for (const contract of heardBy(service)) {
    for (const [ref, bytes] of examplesOfWords(contract)) await blobs.write(ref, bytes);
    giveToUser(running.data);
    for (const id of ['one', 'one', 'two'])
      answers.push(withoutTimes(await deliver(running.url, exampleOf(contract, id))));
  }
  return answers;
}

async function readDocuments({url, data}: Running, taken: readonly CloudEvent[]): Promise<string[]> {
  const ask = asking({url, name: 'ingestion', keys: path.join(data, 'identity')});
  const answers: string[] = [];
  for (const document of ['mortgage-escrow.pdf', 'debt-collection.docx', 'credit-report.eml']) {
    const body = new Uint8Array(readFileSync(path.join(project, 'test/documents', document)));
    const headers = {
      'idempotency-key': document,
      'content-disposition': `attachment; filename="${document}"`,
    };
    const receipt = await ask('/documents', {method: 'POST', headers, body});
    answers.push(timeless(`${receipt.status} ${receipt.body}`));
    const event = taken.at(-1);
    if (event === undefined) throw new Error(`Expected ${document} to be published.`);
    answers.push(withoutTimes(await deliver(url, event)));
  }
  return answers;
}

function exampleOf(contract: Contract, id: string): CloudEvent {
  const draft = {contract, data: contract.example};
  return toEvent(draft, {
    service: 'tests',
    id: `${contract.type} ${id}`,
    time: new Date('2026-01-31T09:00:00Z'),
  });
}

async function said(answer: Response): Promise<string> {
  return `${answer.status} ${await answer.text()}`;
}

function withoutTimes(answer: Answer): string {
  if (answer.status !== 200 && answer.status !== 204)
    throw new Error(`Expected an answer, got ${answer.status}: ${answer.body}`);
  return timeless(sameBytes(answer));
}

/**
 * Two runs are at two times and have two keys, and each says so; by which of other documents one is nearly alike is found
 * with the key, too, so that at the border one run finds what the other does not. All else is the same.
 */
function timeless(answer: string): string {
  return answer
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, 'TIME')
    .replace(/(?<=case\\*":\\*")[0-9A-Z]{5}-[0-9A-Z]{5}/g, 'NUMBER')
    .replace(/(?<=alike\\*":)\[[^\]]*\]/g, 'DOCUMENTS')
    .replace(/(?<="content-length",")\d+/g, 'LENGTH');
}
