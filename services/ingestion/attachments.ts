import {documentReceived, type Envelope} from '#events';
import {type Blobs, type CloudEvent, type DraftOf, deriveEventId, deriveId} from '#kit';
import type {Attachment} from './extract/extract.ts';
import {keepOriginal} from './keep-original.ts';

/** What is needed of a handler's context. */
interface Receiving {
  cause: CloudEvent;
  blobs: Blobs;
  publish(draft: DraftOf<typeof documentReceived>, part: number): Promise<void>;
}

/** A document that others came in, and what they have from it. */
interface Parent extends Pick<Envelope, 'sender' | 'root'> {
  documentId: string;
}

/**
 * Receives what came attached to a document as documents of their own, linked to it. Their ids derive from the
 * event that is being handled, so a repeat receives no second set.
 *
 * @returns their ids, in order.
 */
export async function receiveAttachments(
  parent: Parent,
  attachments: readonly Attachment[],
  context: Receiving,
): Promise<string[]> {
  const {documentId: parentId, ...origin} = parent;
  const documentIds: string[] = [];
  for (const [index, attachment] of attachments.entries()) {
    const documentId = `doc-${deriveId(parentId, 'attachment', String(index))}`;
    const eventId = deriveEventId(context.cause, documentReceived.type, index);
    const incoming = {...attachment, ...origin, metadata: {}};
    const original = await keepOriginal(context.blobs, {documentId, eventId}, incoming);
    const draft = documentReceived({documentId, ...original, channel: 'attachment', parent: parentId});
    await context.publish(draft, index);
    documentIds.push(documentId);
  }
  return documentIds;
}
