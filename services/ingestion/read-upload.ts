import {type BodyLimit, Defer, type DoorRequest, type Holding, mediaTypeOf, messageOf, readBody} from '#kit';
import {dispositionOf} from './form/disposition.ts';
import {boundaryOf, fieldOf, partsOf} from './form/parts.ts';

/** A document as it was handed in. */
export interface Upload {
  bytes: Buffer;
  filename: string | null;
  /** As declared, with its parameters. */
  contentType: string | null;
  /** The other fields of the form. */
  metadata: Record<string, string>;
}

/** The largest document taken: 25 MiB. */
export const largestDocumentBytes = 25 * 1024 * 1024;

/** What a form may take besides the document. */
const formBytes = 64 * 1024;
const mostParts = 60;
/** In UTF-16 units; what is longer is cut off. */
const longestName = 100;

/** What is taken at all: a document, and what a form puts around it. */
export const uploadLimit: BodyLimit = {
  bytes: largestDocumentBytes + formBytes,
  words: 'a document of at most 25 MiB',
};

/**
 * Reads the document of a request.
 *
 * @throws 413 when it is larger than 25 MiB, 400 when the form holds no file, several, or is broken off.
 */
export async function readUpload(request: DoorRequest, holding?: Holding): Promise<Upload> {
  const contentType = request.get('Content-Type');
  const isForm = mediaTypeOf(contentType) === 'multipart/form-data';
  const bytes = await readBody(request.req, isForm ? uploadLimit.bytes : largestDocumentBytes, holding);
  if (bytes === 'broken-off') throw new Defer('The sender broke off before the end of the document.');
  if (bytes === 'too-large') return tooLarge(request);
  if (isForm) return readForm(request, bytes);
  const {filename} = dispositionOf(request.get('Content-Disposition'));
  return {
    bytes,
    filename: filename === '' ? null : filename,
    contentType: contentType === '' ? null : contentType,
    metadata: {},
  };
}

function tooLarge(request: DoorRequest): never {
  // What is still on its way is let by, so that the sender reads the answer and not a broken connection.
  request.req.resume();
  return request.throw(413, `Expected a document of at most ${largestDocumentBytes} bytes (25 MiB).`);
}

function readForm(request: DoorRequest, form: Buffer): Upload {
  const metadata = new Map<string, string>();
  const files: Omit<Upload, 'metadata'>[] = [];
  let parts = 0;
  try {
    for (const {headers, content} of partsOf(form, boundaryOf(request.get('Content-Type')))) {
      if (++parts > mostParts) throw new Error(`it has more than ${mostParts} parts`);
      const {name, filename} = dispositionOf(headers.get('content-disposition') ?? '');
      if (filename !== null)
        files.push({
          bytes: content,
          filename: filename === '' ? null : filename,
          contentType: headers.get('content-type') ?? null,
        });
      else if (name === null) throw new Error('a part of it has no name');
      else metadata.set(name.slice(0, longestName), fieldOf(content));
    }
  } catch (error) {
    return request.throw(400, `The form could not be read: ${messageOf(error)}.`);
  }
  const [file, second] = files;
  if (file === undefined)
    return request.throw(400, 'Expected a form with a file, such as curl -F file=@letter.pdf; got none.');
  if (second !== undefined)
    return request.throw(400, 'Expected one file in the form, got several: send each document by itself.');
  if (file.bytes.length > largestDocumentBytes) return tooLarge(request);
  return {...file, metadata: Object.fromEntries(metadata)};
}
