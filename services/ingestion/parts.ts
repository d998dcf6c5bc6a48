import {documentAttached, type Envelope} from '#events';
import {
  type Blobs,
  type CloudEvent,
  type DataOf,
  type DraftOf,
  deriveEventId,
  deriveId,
  keepWords,
} from '#kit';
import type {Attachment, Extraction} from './extract/extract.ts';
import {keepOriginal} from './keep-original.ts';
import {wordsOf} from './words.ts';

/** A part of a document as its own fact tells it. */
export type Part = Pick<
  DataOf<typeof documentAttached>,
  'documentId' | 'parent' | 'content' | 'reason' | 'language'
> & {
  /** What it says; the hash of its bytes where nobody could read it. */
  said: string;
};

/** What is needed of a handler's context. */
interface Reading {
  cause: CloudEvent;
  blobs: Blobs;
  publish(draft: DraftOf<typeof documentAttached>, part: number): Promise<void>;
}

/** Reads a part, or says that the time for all of them is up. */
export type ReadPart = (attachment: Attachment) => Promise<Extraction | 'unread'>;

/** A document that others came in, and what they have from it. */
interface Parent extends Pick<Envelope, 'sender' | 'root'> {
  documentId: string;
}

/**
 * Reads what came in a document, and what came in that, as parts of it: they are one case, with one answer, so that none of
 * them goes a way of its own. Each is told by a fact, for whoever keeps documents, under an id that derives from the event
 * which is being handled: a repeat tells the same.
 *
 * @returns the parts at any depth, each before those that it holds.
 */
export async function readParts(
  parent: Parent,
  attachments: readonly Attachment[],
  {read, ...context}: Reading & {read: ReadPart},
): Promise<Part[]> {
  const parts: Part[] = [];
  await readWithin(parent, attachments);
  return parts;

  async function readWithin(holder: Parent, held: readonly Attachment[]): Promise<void> {
    const {documentId: parentId, ...origin} = holder;
    for (const [index, attachment] of held.entries()) {
      const documentId = `doc-${deriveId(parentId, 'attachment', String(index))}`;
      const found = await read(attachment);
      const draft = await kept(
        {documentId, parent: parentId, origin, number: parts.length},
        attachment,
        found,
      );
      await context.publish(draft, parts.length);
      const {content, reason, language, sha256} = draft.data;
      const said = found !== 'unread' && found.outcome === 'ingested' ? found.text : sha256;
      parts.push({documentId, parent: parentId, content, reason, language, said});
      if (found !== 'unread' && found.outcome === 'ingested')
        await readWithin({documentId, ...origin}, found.attachments);
    }
  }

  async function kept(
    {
      documentId,
      parent: parentId,
      origin,
      number,
    }: {documentId: string; parent: string; origin: Omit<Parent, 'documentId'>; number: number},
    attachment: Attachment,
    found: Extraction | 'unread',
  ): Promise<DraftOf<typeof documentAttached>> {
    const owner = {documentId, eventId: deriveEventId(context.cause, documentAttached.type, number)};
    const incoming = {...attachment, ...origin, metadata: {}};
    const original = await keepOriginal(context.blobs, owner, incoming);
    const about = {documentId, parent: parentId, ...original};
    const unread = {content: null, language: null, characters: 0};
    if (found === 'unread') return documentAttached({...about, ...unread, reason: 'unread'});
    if (found.outcome === 'rejected') return documentAttached({...about, ...unread, reason: found.reason});
    const {contentType, language, text} = found;
    const content = await keepWords(context.blobs, owner, 'content', wordsOf(attachment.filename, found));
    return documentAttached({
      ...about,
      contentType,
      content,
      language,
      characters: text.length,
      reason: null,
    });
  }
}
