/** What the archive says about documents, as `dip` reads it. */
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import type {documentShown, receipt} from '#events';
import type {Represented} from '#kit';

type Shown = Represented<typeof documentShown>;

export const letterId = 'doc-00000000000000000001';

/** A letter that was answered, as a newer DIP may show it. */
export const answered: Shown & {somethingNew: unknown} = {
  documentId: letterId,
  status: 'answered',
  filename: 'letter.pdf',
  metadata: {},
  title: 'My mortgage',
  sender: {name: 'Ada Lovelace', address: 'ada@example.com'},
  contentType: 'application/pdf',
  size: 1234,
  language: 'en',
  pages: 1,
  receivedAt: '2026-01-15T09:00:00.000Z',
  endedAt: '2026-01-15T09:00:00.250Z',
  category: 'mortgage',
  confidence: 0.912,
  alternatives: [
    {category: 'mortgage', confidence: 0.912},
    {category: 'consumer_loan', confidence: 0.05},
  ],
  explanation: {category: 'mortgage', against: 'consumer_loan', terms: [{term: 'escrow', weight: 1.5}]},
  model: {name: 'consumer-finance', version: '1.1.0'},
  queue: 'lending',
  priority: 'normal',
  dueAt: '2026-01-16T09:00:00.000Z',
  handler: 'human',
  rule: 'lending',
  response: {
    responseId: 'response-1',
    subject: 'Your mortgage',
    body: 'Dear Ada,\nthank you.',
    fields: [],
    generator: {template: 'mortgage', version: '3b1f0c2a9d4e'},
    method: 'template',
    missing: ['reference'],
    needsReview: true,
  },
  signals: [],
  case: '7KQ2M-9XF3T',
  follows: null,
  claims: null,
  doubleOf: null,
  alike: [],
  reason: null,
  deadLetter: null,
  attachments: [],
  parts: [],
  parent: null,
  faults: [],
  facts: [],
  somethingNew: {kept: true},
};

/** The same letter before anything happened to it. */
export const inWork: Shown = {
  ...answered,
  status: 'in-work',
  endedAt: null,
  category: null,
  confidence: null,
  alternatives: [],
  queue: null,
  response: null,
};

export const rejected: Shown = {
  ...inWork,
  status: 'rejected',
  endedAt: answered.endedAt,
  reason: 'encrypted',
};

export const failed: Shown = {
  ...inWork,
  status: 'failed',
  endedAt: answered.endedAt,
  deadLetter: {
    event: {type: 'com.dip.document.ingested', source: '/services/ingestion', id: 'ingested-1'},
    trigger: 'ingested-to-classification',
    code: 500,
    attempts: 6,
    destination: 'http://classification.dip.svc.cluster.local/events',
    message: 'The model is missing.',
  },
};

/** The answer to an upload. */
export function received(documentId = letterId, repeat = false) {
  const json: Represented<typeof receipt> = {
    documentId,
    eventId: `received-${documentId}`,
    status: 'received',
    receivedAt: '2026-01-15T09:00:00.000Z',
    links: {self: `/api/archive/documents/${documentId}`},
  };
  return {status: 202, json, headers: repeat ? {'idempotent-replayed': 'true'} : {}};
}

/** Files of a test's own, by name and content; gone after it. Returns their paths. */
export async function files(
  t: ExecutionContext,
  contents: Readonly<Record<string, string>>,
): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'dip-cli-'));
  t.teardown(() => rm(folder, {recursive: true}));
  return Promise.all(
    Object.entries(contents).map(async ([name, content]) => {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    }),
  );
}
