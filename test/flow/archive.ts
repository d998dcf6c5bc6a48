import {setTimeout as wait} from 'node:timers/promises';
import type {CloudEvent} from '#kit';
import {decode} from '#kit';

/** How the archive shows a document. */
export interface ShownDocument {
  readonly documentId: string;
  readonly status: string;
  readonly category: string | null;
  readonly parent: string | null;
  readonly deadLetter: {readonly code: number | null; readonly message: string | null} | null;
}

/** All that the archive says. */
export interface Archive {
  readonly facts: readonly CloudEvent[];
  readonly documents: readonly ShownDocument[];
  /** Ids that came with two contents. */
  readonly alarms: readonly string[];
}

/**
 * Reads the whole archive through its front doors.
 *
 * @param headers what says who asks, where that matters
 */
export async function readArchive(url: string, headers: Record<string, string> = {}): Promise<Archive> {
  const {alarms}: {alarms: {source: string; id: string}[]} = await get(
    `${url}/api/archive/alarms?limit=500`,
    headers,
  );
  return {
    facts: await allFacts(url, headers),
    documents: await documentsOf(url, {headers}),
    alarms: alarms.map(({source, id}) => `${source} ${id}`),
  };
}

/** How one document stands, once it has ended or the seconds are over. */
export function documentOf(
  url: string,
  documentId: string,
  seconds: number,
  headers: Record<string, string> = {},
): Promise<ShownDocument> {
  return get(`${url}/api/archive/documents/${documentId}`, {...headers, prefer: `wait=${seconds}`});
}

/** All documents, or those of one status. */
export async function documentsOf(
  url: string,
  {status, headers = {}}: {status?: string; headers?: Record<string, string>} = {},
): Promise<ShownDocument[]> {
  const documents: ShownDocument[] = [];
  const wanted = status === undefined ? '' : `&status=${status}`;
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page: {documents: ShownDocument[]; next: string | null} = await get(
      `${url}/api/archive/documents?limit=500${wanted}${cursor === '' ? '' : `&cursor=${cursor}`}`,
      headers,
    );
    documents.push(...page.documents);
    cursor = page.next;
  }
  return documents;
}

/**
 * Waits until DIP has nothing left to do.
 *
 * @throws Error with what is left, after the limit.
 */
export async function untilQuiet(
  url: string,
  {limitMs = 600_000, headers = {}}: {limitMs?: number; headers?: Record<string, string>} = {},
): Promise<void> {
  const deadline = Date.now() + limitMs;
  for (;;) {
    const backlog = await backlogOf(url, headers);
    if (backlog === 0) return;
    if (Date.now() > deadline) throw new Error(`DIP is not done after ${limitMs} ms: ${backlog} are left.`);
    await wait(100);
  }
}

/** Deliveries that have not ended. */
export async function backlogOf(url: string, headers: Record<string, string> = {}): Promise<number> {
  const {backlog}: {backlog: Record<string, number>} = await get(url, headers);
  return Object.values(backlog).reduce((sum, length) => sum + length, 0);
}

async function allFacts(url: string, headers: Record<string, string>): Promise<CloudEvent[]> {
  const facts: CloudEvent[] = [];
  for (let after: string | null = '0'; after !== null; ) {
    const page: {facts: {event: unknown}[]; next: string | null} = await get(
      `${url}/api/archive/facts?limit=500&after=${after}`,
      headers,
    );
    for (const {event} of page.facts)
      facts.push(
        decode({'content-type': 'application/cloudevents+json'}, Buffer.from(JSON.stringify(event))),
      );
    after = page.next;
  }
  return facts;
}

/** The shape is that of the archive's front doors, as its own code has it. */
async function get<Shape>(url: string, headers: Record<string, string> = {}): Promise<Shape> {
  const answer = await fetch(url, {headers});
  const body = await answer.text();
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${body}`);
  return JSON.parse(body);
}
