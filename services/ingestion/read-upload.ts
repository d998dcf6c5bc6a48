import {Busboy, type BusboyFileStream} from '@fastify/busboy';
import {type BodyLimit, Defer, type DoorRequest, mediaTypeOf, messageOf, readBody} from '#kit';

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
export async function readUpload(request: DoorRequest): Promise<Upload> {
  const contentType = request.get('Content-Type');
  if (mediaTypeOf(contentType) === 'multipart/form-data') return readForm(request);
  const bytes = await readBody(request.req, largestDocumentBytes);
  if (bytes === 'broken-off') throw new Defer('The sender broke off before the end of the document.');
  if (bytes === 'too-large') return tooLarge(request);
  return {
    bytes,
    filename: filenameOf(request),
    contentType: contentType === '' ? null : contentType,
    metadata: {},
  };
}

function tooLarge(request: DoorRequest): never {
  // What is still on its way is let by, so that the sender reads the answer and not a broken connection.
  request.req.resume();
  return request.throw(413, `Expected a document of at most ${largestDocumentBytes} bytes (25 MiB).`);
}

/** The name that a body by itself was given: `Content-Disposition: attachment; filename="letter.pdf"`. */
function filenameOf(request: DoorRequest): string | null {
  const disposition = request.get('Content-Disposition');
  const filename = /filename="?([^";]+)"?/i.exec(disposition)?.[1] ?? null;
  return filename === null ? null : (filename.split(/[/\\]/).at(-1)?.slice(0, 255) ?? null);
}

async function readForm(request: DoorRequest): Promise<Upload> {
  let form: Form;
  try {
    form = await parseForm(request);
  } catch (error) {
    request.req.resume();
    return request.throw(400, `The form could not be read: ${messageOf(error)}.`);
  }
  const [file, second] = form.files;
  if (form.isTooLarge) return tooLarge(request);
  if (file === undefined)
    return request.throw(400, 'Expected a form with a file, such as curl -F file=@letter.pdf; got none.');
  if (second !== undefined)
    return request.throw(400, 'Expected one file in the form, got several: send each document by itself.');
  return {...file, metadata: form.fields};
}

interface Form {
  files: {bytes: Buffer; filename: string | null; contentType: string | null}[];
  fields: Record<string, string>;
  isTooLarge: boolean;
}

function parseForm(request: DoorRequest): Promise<Form> {
  return new Promise((resolve, reject) => {
    const form: Form = {files: [], fields: {}, isTooLarge: false};
    const parser = new Busboy({
      headers: {...request.req.headers, 'content-type': request.get('Content-Type')},
      limits: {fileSize: largestDocumentBytes, files: 2, fields: 50, fieldSize: 10_000, parts: 60},
    });
    parser.on(
      'file',
      (_name: string, stream: BusboyFileStream, filename: string, _encoding: string, contentType: string) => {
        // A form that ends within its file fails here, and an error that nobody hears would end the process.
        stream.on('error', reject);
        readFile(stream, form, {
          filename: filename === '' || filename === undefined ? null : filename.slice(0, 255),
          contentType,
        });
      },
    );
    parser.on('field', (name: string, value: string) => {
      form.fields[name.slice(0, 100)] = value;
    });
    parser.on('finish', () => resolve(form));
    parser.on('error', reject);
    request.req.on('close', () => {
      if (!request.req.complete) reject(new Error('the connection was broken off'));
    });
    request.req.pipe(parser);
  });
}

function readFile(
  stream: BusboyFileStream,
  form: Form,
  {filename, contentType}: {filename: string | null; contentType: string},
): void {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('limit', () => {
    form.isTooLarge = true;
  });
  stream.on('end', () => form.files.push({bytes: Buffer.concat(chunks), filename, contentType}));
}
