/** POST /documents → document.received · document.received → document.ingested or document.rejected */
import {documentIngested, documentReceived, documentRejected, receipt} from '#events';
import {door, service} from '#kit';
import {openIngestion} from './open-ingestion.ts';
import {readDocument} from './read-document.ts';
import {uploadLimit} from './read-upload.ts';
import {receive} from './receive.ts';
import {uploadTables} from './uploads.ts';

export default service({
  name: 'ingestion',
  receives: documentReceived,
  replies: [documentIngested, documentRejected],
  publishes: [documentReceived],
  tables: uploadTables,
  start: openIngestion,
  stop: ({extractor}) => extractor.close(),
  async handle({data}, context) {
    const {documentId, size} = data;
    const found = await readDocument(data, context);
    if (found.outcome === 'rejected') return documentRejected({documentId, reason: found.reason});
    const {filename, title, sender, text, own, language, pages, pagesRead, attachments} = found;
    const isOurs = context.started.organization.isOurs(sender?.address ?? '');
    const words = {filename, title, sender, text, ...(own === null ? {} : {own})};
    const content = await context.keep(documentIngested, documentId, 'content', words);
    return documentIngested({
      documentId,
      contentType: found.contentType,
      size,
      content,
      language,
      pages,
      pagesRead,
      characters: text.length,
      attachments,
      machine: isOurs ? 'own-address' : found.machine,
    });
  },
  routes: {
    'POST /documents': door({role: 'submit', bodyLimit: uploadLimit, answers: receipt, handle: receive}),
  },
});
