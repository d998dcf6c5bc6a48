import {Unreadable} from '../unreadable.ts';
import {type Handle, isFatal, type Pdfium} from './pdfium.ts';

/** `FPDF_ERR_PASSWORD` and `FPDF_ERR_SECURITY`. */
const locked: ReadonlySet<number> = new Set([4, 5]);

/**
 * Opens a document, and closes it when it was used.
 *
 * @throws Unreadable encrypted or corrupt.
 */
export function withDocument<Result>(
  pdfium: Pdfium,
  bytes: Uint8Array,
  use: (document: Handle) => Result,
): Result {
  const {calls} = pdfium;
  const address = pdfium.allocate(bytes.length);
  pdfium.memory.set(bytes, address);
  const document = calls.FPDF_LoadMemDocument(address, bytes.length, 0);
  const isLocked = document === 0 && locked.has(calls.FPDF_GetLastError());
  const close = () => {
    if (document !== 0) calls.FPDF_CloseDocument(document);
    // The document is read from these bytes as long as it is open.
    calls.free(address);
  };
  return closing(close, () => {
    if (document === 0) throw new Unreadable(isLocked ? 'encrypted' : 'corrupt');
    return use(document);
  });
}

/** Opens a page, and closes it when it was used; null when it is broken, while others may not be. */
export function withPage<Result>(
  {calls}: Pdfium,
  {document, index}: {document: Handle; index: number},
  use: (page: Handle) => Result,
): Result | null {
  const page = calls.FPDF_LoadPage(document, index);
  return page === 0
    ? null
    : closing(
        () => calls.FPDF_ClosePage(page),
        () => use(page),
      );
}

/** Closes what was used, also after an error, unless that was one after which nothing can be closed. */
export function closing<Result>(close: () => void, use: () => Result): Result {
  let isBroken = false;
  try {
    return use();
  } catch (error) {
    isBroken = isFatal(error);
    throw error;
  } finally {
    if (!isBroken) close();
  }
}
