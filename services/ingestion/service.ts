/** POST /documents → document.received · document.received → document.ingested with its parts, or document.rejected */
import {documentAttached, documentIngested, documentReceived, documentRejected, receipt} from '#events';
import {door, service} from '#kit';
import {openIngestion} from './open-ingestion.ts';
import {readDocument} from './read-document.ts';
import {uploadLimit} from './read-upload.ts';
import {receive} from './receive.ts';
import {uploadTables} from './uploads.ts';
import {wordsOf} from './words.ts';

export default service({
  name: 'ingestion',
  receives: documentReceived,
  replies: [documentIngested, documentRejected],
  publishes: [documentReceived, documentAttached],
  tables: uploadTables,
  start: openIngestion,
  stop: ({extractor}) => extractor.close(),
  async handle({data}, context) {
    const {documentId, size} = data;
    const found = await readDocument(data, context);
    if (found.outcome === 'rejected') return documentRejected({documentId, reason: found.reason});
    const {filename, contentType, text, pages, pagesRead, attachments} = found;
    const isOurs = context.started.organization.isOurs(found.sender?.address ?? '');
    return documentIngested({
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
      machine: isOurs ? 'own-address' : found.machine,
    });
  },
  routes: {
    'POST /documents': door({role: 'submit', bodyLimit: uploadLimit, answers: receipt, handle: receive}),
  },
});
