/** POST /documents → document.received · document.received → document.ingested or document.rejected */
import {documentIngested, documentReceived, documentRejected, Envelope, receipt} from '#events';
import {BlobChanged, door, readJson, service, sha256Of} from '#kit';
import {receiveAttachments} from './attachments.ts';
import {extractor} from './extract/extract.ts';
import {uploadLimit} from './read-upload.ts';
import {receive} from './receive.ts';
import {uploadTables} from './uploads.ts';

export default service({
  name: 'ingestion',
  receives: documentReceived,
  replies: [documentIngested, documentRejected],
  publishes: [documentReceived],
  tables: uploadTables,
  async start() {
    const reader = extractor();
    // Not waited for: the thread starts while the first document is on its way. What fails here fails there again.
    void reader.warm().catch(() => {});
    return reader;
  },
  stop: (reader) => reader.close(),
  async handle({data}, context) {
    const {documentId, size} = data;
    const original = await context.blobs.read(data.original);
    if (sha256Of(original) !== data.sha256) throw new BlobChanged(data.original);
    const {filename, contentType} = await readJson(context.blobs, data.envelope, Envelope);
    const found = await context.started.extract(original, {filename, contentType});
    if (found.outcome === 'rejected') return documentRejected({documentId, reason: found.reason});

    const {title, sender, text, language, pages, pagesRead} = found;
    const attachments = await receiveAttachments(documentId, found.attachments, context);
    const content = await context.keep(documentIngested, documentId, 'content', {
      filename,
      title,
      sender,
      text,
    });
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
    });
  },
  routes: {
    'POST /documents': door({role: 'submit', bodyLimit: uploadLimit, answers: receipt, handle: receive}),
  },
});
