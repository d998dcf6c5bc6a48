import {readFileSync} from 'node:fs';
import path from 'node:path';
import * as catalogue from '#events';
import type {CloudEvent, Contract} from '#kit';
import {folderBlobs, toEvent} from '#kit/wire';
import {type Answer, asking, deliver, sameBytes} from '../kit/serving.ts';
import {giveToUser, type Running} from './built.ts';
import {project} from './dockerfile.ts';

/** What it answers when it is given what it is there for: to people first, then to the broker. */
export async function conversation(
  name: string,
  running: Running,
  taken: readonly CloudEvent[],
): Promise<string[]> {
  if (name === 'console') return [await said(await fetch(`${running.url}/api/archive/documents`))];
  if (name === 'ingestion') return readDocuments(running, taken);
  const blobs = folderBlobs(path.join(running.data, 'blobs'));
  const content = Buffer.from(
    JSON.stringify({filename: null, title: null, sender: null, text: 'A debt collector calls me every day.'}),
  );
  const answers: string[] = [];
  for (const event of examplesFor(name)) {
    for (const ref of refsIn(JSON.parse(String(event.data)))) await blobs.write(ref, content);
    giveToUser(running.data);
    answers.push(withoutTimes(await deliver(running.url, event)));
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
    answers.push(`${receipt.status} ${receipt.body}`);
    const event = taken.at(-1);
    if (event === undefined) throw new Error(`Expected ${document} to be published.`);
    answers.push(withoutTimes(await deliver(url, event)));
  }
  return answers;
}

function examplesFor(name: string): CloudEvent[] {
  const of = (contract: Contract, id: string) =>
    toEvent(
      {contract, data: contract.example},
      {service: 'tests', id, time: new Date('2026-01-31T09:00:00Z')},
    );
  const {documentIngested, documentClassified, routingDecided, responseGenerated} = catalogue;
  const heard: Record<string, Contract> = {
    classification: documentIngested,
    routing: documentClassified,
    response: routingDecided,
  };
  const contract = heard[name];
  if (contract !== undefined) return [of(contract, 'one'), of(contract, 'one'), of(contract, 'two')];
  return [documentIngested, responseGenerated].map((each, index) => of(each, `event-${index}`));
}

function refsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.startsWith('documents/') ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(refsIn) : [];
}

async function said(answer: Response): Promise<string> {
  return `${answer.status} ${await answer.text()}`;
}

/** Two runs are at two times, and each says so; all else is the same. */
function withoutTimes(answer: Answer): string {
  if (answer.status !== 200 && answer.status !== 204)
    throw new Error(`Expected an answer, got ${answer.status}: ${answer.body}`);
  return sameBytes(answer).replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, 'TIME');
}
