import {representation, Type} from '#kit';
import {Answer, Content, Envelope, Explanation} from '../content.ts';
import {deadletterKept} from '../deadletter-kept.ts';
import {documentClassified} from '../document-classified.ts';
import {RejectionReason} from '../document-rejected.ts';
import {responseGenerated} from '../response-generated.ts';
import {Priority, routingDecided} from '../routing-decided.ts';
import {CaseNumber, Count, DocumentId, MediaType, Name, orNull, Signals, Text} from '../values.ts';
import {Status} from './status.ts';

const {explanation: _ref, ...classified} = documentClassified.schema.properties;
const {event, trigger, code, attempts} = deadletterKept.schema.properties;
const {queue, dueAt, handler, rule} = routingDecided.schema.properties;
const {responseId, method, missing, needsReview, generator} = responseGenerated.schema.properties;

const Response = Type.Object({
  responseId,
  /** Null, as the words of each answer, once they were erased. */
  subject: Text,
  body: Text,
  fields: Answer.properties.fields,
  method,
  missing,
  needsReview,
  generator,
});

const DeadLetter = Type.Object({event, trigger, code, attempts, destination: Text, message: Text});

/** A fact as it is listed with its document. */
export const FactLine = Type.Object({
  type: Type.String(),
  source: Type.String(),
  /** The service that said it, or the source where that is none of ours. */
  service: Type.String(),
  id: Type.String(),
  time: Text,
});

/** What all that shows documents has of each. Words that were erased, and what is not known yet, are null. */
export const DocumentSummary = Type.Object({
  documentId: DocumentId,
  status: Status,
  filename: Text,
  title: Text,
  sender: Content.properties.sender,
  metadata: Envelope.properties.metadata,
  contentType: orNull(MediaType),
  size: orNull(Count),
  language: classified.language,
  pages: orNull(Count),
  receivedAt: Text,
  endedAt: Text,
  category: classified.category,
  confidence: classified.confidence,
  alternatives: classified.alternatives,
  model: orNull(classified.model),
  explanation: orNull(Explanation),
  queue: orNull(queue),
  priority: orNull(Priority),
  dueAt: orNull(dueAt),
  handler: orNull(handler),
  rule: orNull(rule),
  response: orNull(Response),
  /** Why it was rejected or closed, or could not be read as a part. */
  reason: orNull(Type.Union([RejectionReason, Name])),
  signals: Signals,
  /** The number of its case; null: it is not known yet, or came in before cases had numbers. */
  case: orNull(CaseNumber),
  /** The first document of the case that it continues. */
  follows: orNull(DocumentId),
  /** The first document of a case that it names, while its sender had no part in that. */
  claims: orNull(DocumentId),
  /** An earlier document of the same sender that says the same. */
  doubleOf: orNull(DocumentId),
  /** Earlier documents that say the same or nearly, from anybody. */
  alike: Type.Array(DocumentId),
  deadLetter: orNull(DeadLetter),
  attachments: Type.Array(DocumentId),
  /** What came in it at any depth and belongs to it, with why it could not be read. */
  parts: Type.Array(Type.Object({documentId: DocumentId, reason: orNull(Name)})),
  parent: orNull(DocumentId),
  /** What could not be read of its words, and why, in sentences; they are null above. */
  faults: Type.Array(Type.String()),
});

const {documentId} = documentClassified.example;

const example = {
  documentId,
  status: 'answered' as const,
  filename: 'letter.pdf',
  title: null,
  sender: {name: 'Ann Example', address: 'ann@example.com'},
  metadata: {},
  contentType: 'application/pdf',
  size: 48_213,
  language: 'en',
  pages: 2,
  receivedAt: '2026-01-15T09:00:00.000Z',
  endedAt: '2026-01-15T09:00:01.000Z',
  category: 'mortgage',
  confidence: 0.91,
  alternatives: documentClassified.example.alternatives,
  model: documentClassified.example.model,
  explanation: {category: 'mortgage', against: 'consumer_loan', terms: [{term: 'escrow', weight: 1.2}]},
  queue: 'lending',
  priority: 'normal' as const,
  dueAt: '2026-01-16T09:00:00.000Z',
  handler: 'human' as const,
  rule: 'lending',
  response: {
    responseId: 'response-1',
    subject: 'Your mortgage',
    body: 'Dear Ann Example, …',
    fields: [{name: 'sender', value: 'Ann Example', from: null, to: null}],
    method: 'template' as const,
    missing: [],
    needsReview: true,
    generator: {template: 'mortgage', version: '3b1f0c2a9d4e'},
  },
  reason: null,
  signals: [],
  case: '7KQ2M-9XF3T',
  follows: null,
  claims: null,
  doubleOf: null,
  alike: [],
  deadLetter: null,
  attachments: [],
  parts: [],
  parent: null,
  faults: [],
};

/** One document: how it stands, with the words that its facts refer to, and its facts in order of arrival. */
export const documentShown = representation('document', {
  description:
    'How a document stands, with the words that its facts refer to, and its facts in order of arrival.',
  schema: Type.Object({...DocumentSummary.properties, facts: Type.Array(FactLine)}),
  example: {
    ...example,
    facts: [
      {
        type: 'com.dip.document.received',
        source: '/services/ingestion',
        service: 'ingestion',
        id: 'received-1',
        time: '2026-01-15T09:00:00.000Z',
      },
    ],
  },
});

/** A page of documents, the latest first. */
export const documentsShown = representation('documents', {
  description: 'A page of documents, the latest first, each without its facts.',
  schema: Type.Object({
    documents: Type.Array(DocumentSummary),
    /** The `cursor` of the next page; null: this is the last. */
    next: Text,
    /** With the first page: how many documents there are on all pages; null: more than anybody counts. */
    total: Type.Optional(orNull(Count)),
  }),
  example: {documents: [example], next: null, total: 1},
});
