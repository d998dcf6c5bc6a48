import {createHash} from 'node:crypto';
import {documentReceived, type Envelope} from '#events';
import {type Blobs, type CloudEvent, type DraftOf, deriveEventId, deriveId} from '#kit';
import type {Attachment} from './extract/extract.ts';
import {mediaTypeOrBytes} from './media-type.ts';

/** What is needed of a handler's context. */
interface Receiving {
  cause: CloudEvent;
  blobs: Blobs;
  publish(draft: DraftOf<typeof documentReceived>, part: number): Promise<void>;
}

/**
 * Receives what came attached to a document as documents of their own, linked to it. Their ids derive from the
 * event that is being handled, so a repeat receives no second set.
 *
 * @returns their ids, in order.
 */
export async function receiveAttachments(
  parent: string,
  attachments: readonly Attachment[],
  context: Receiving,
): Promise<string[]> {
  const documentIds: string[] = [];
  for (const [index, attachment] of attachments.entries()) {
    const documentId = `doc-${deriveId(parent, 'attachment', String(index))}`;
    const folder = `documents/${documentId}/${deriveEventId(context.cause, documentReceived.type, index)}`;
    const {bytes, filename, contentType} = attachment;
    const envelope: Envelope = {filename, contentType, metadata: {}};
    await context.blobs.write(`${folder}/original`, bytes);
    await context.blobs.write(`${folder}/envelope.json`, Buffer.from(JSON.stringify(envelope)));
    const draft = documentReceived({
      documentId,
      original: `${folder}/original`,
      envelope: `${folder}/envelope.json`,
      contentType: mediaTypeOrBytes(contentType),
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      channel: 'attachment',
      parent,
    });
    await context.publish(draft, index);
    documentIds.push(documentId);
  }
  return documentIds;
}
