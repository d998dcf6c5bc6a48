/** POST /documents → document.received · document.received → document.ingested with its parts, or document.rejected */
import {documentAttached, documentIngested, documentReceived, documentRejected, receipt} from '#events';
import {door, service} from '#kit';
import {forgetTexts} from './links/forget-texts.ts';
import {link} from './links/link.ts';
import {openIngestion} from './open-ingestion.ts';
import {readDocument} from './read-document.ts';
import {uploadLimit} from './read-upload.ts';
import {receive} from './receive.ts';
import {ingestionTables} from './tables.ts';
import {wordsOf} from './words.ts';

export default service({
  name: 'ingestion',
  receives: documentReceived,
  replies: [documentIngested, documentRejected],
  publishes: [documentReceived, documentAttached],
  tables: ingestionTables,
  upkeep: {
    failed: 'What old documents are compared by is not forgotten',
    run: ({database}, signal) => forgetTexts(database, new Date(), {signal}),
  },
  start: openIngestion,
  stop: ({extractor}) => extractor.close(),
  async handle({data}, context) {
    const {documentId, size, sha256} = data;
    const found = await readDocument(data, context);
    if (found.outcome === 'rejected') return documentRejected({documentId, reason: found.reason});
    const {filename, contentType, text, pages, pagesRead, attachments} = found;
    const {organization, comparing} = context.started;
    const {isOurs} = organization;
    const read = {
      documentId,
      contentType,
      size,
      content: await context.keep(documentIngested, documentId, 'content', wordsOf(filename, found)),
      // Of a mail that says next to nothing, what it carries tells.
      language: found.language ?? found.parts.find(({language}) => language !== null)?.language ?? null,
      pages,
      pagesRead,
      characters: text.length,
      attachments,
      parts: found.parts.map(({documentId: id, content, reason}) => ({documentId: id, content, reason})),
      machine: isOurs(found.sender?.address ?? '') ? 'own-address' : found.machine,
    };
    return async (transaction) =>
      documentIngested({
        ...read,
        ...(await link(transaction, comparing, {documentId, sha256, found, isOurs})),
      });
  },
  routes: {
    'POST /documents': door({role: 'submit', bodyLimit: uploadLimit, answers: receipt, handle: receive}),
  },
});
