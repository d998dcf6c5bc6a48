/**
 * The border to PDFium, which is C++ compiled to WebAssembly: the functions that are called, by their own names and with
 * what PDFium's public headers (`fpdfview.h`, `fpdf_text.h`, `fpdf_edit.h`, `fpdf_annot.h`, `fpdf_formfill.h`,
 * `fpdf_attachment.h`, `fpdf_doc.h`) say of them, and how their answers get out of its memory.
 */
import {PDFiumModule} from '@hyzyla/pdfium';

/** What PDFium calls a document, a page or a part of one: an address in its memory; 0 is none. */
export type Handle = number;

/** An address that an answer is written to, and bytes that have room there. */
type Fill = (address: number, bytes: number) => number;

/** PDFium's functions. Whether one succeeded is 0 or 1; texts are UTF-16LE and their lengths bytes, with a last 0. */
interface Calls {
  malloc(bytes: number): number;
  free(address: number): void;
  FPDF_InitLibrary(): void;
  FPDF_LoadMemDocument(address: number, bytes: number, password: number): Handle;
  FPDF_CloseDocument(document: Handle): void;
  FPDF_GetLastError(): number;
  FPDF_GetMetaText(document: Handle, tag: number, buffer: number, bytes: number): number;
  FPDF_GetFormType(document: Handle): number;

  FPDF_GetPageCount(document: Handle): number;
  FPDF_LoadPage(document: Handle, index: number): Handle;
  FPDF_ClosePage(page: Handle): void;
  FPDF_GetPageWidthF(page: Handle): number;
  FPDF_GetPageHeightF(page: Handle): number;
  FPDF_GetPageBoundingBox(page: Handle, box: number): number;

  FPDFText_LoadPage(page: Handle): Handle;
  FPDFText_ClosePage(text: Handle): void;
  FPDFText_CountChars(text: Handle): number;
  FPDFText_GetText(text: Handle, start: number, count: number, buffer: number): number;
  FPDFText_GetBoundedText(
    text: Handle,
    left: number,
    top: number,
    right: number,
    bottom: number,
    buffer: number,
    units: number,
  ): number;

  FPDFPage_CountObjects(page: Handle): number;
  FPDFPage_GetObject(page: Handle, index: number): Handle;
  FPDFFormObj_CountObjects(form: Handle): number;
  FPDFFormObj_GetObject(form: Handle, index: number): Handle;
  FPDFPageObj_GetType(object: Handle): number;
  FPDFPageObj_SetIsActive(object: Handle, isActive: number): number;
  FPDFPageObj_HasTransparency(object: Handle): number;
  FPDFPageObj_SetBlendMode(object: Handle, mode: number): void;
  FPDFPageObj_GetBounds(object: Handle, left: number, bottom: number, right: number, top: number): number;
  FPDFPageObj_GetMatrix(object: Handle, matrix: number): number;
  FPDFPageObj_CountMarks(object: Handle): number;
  FPDFPageObj_GetMark(object: Handle, index: number): Handle;
  FPDFPageObjMark_GetName(mark: Handle, buffer: number, bytes: number, length: number): number;
  FPDFPageObj_GetFillColor(object: Handle, red: number, green: number, blue: number, alpha: number): number;
  FPDFPageObj_GetStrokeColor(object: Handle, red: number, green: number, blue: number, alpha: number): number;
  FPDFPageObj_SetFillColor(object: Handle, red: number, green: number, blue: number, alpha: number): number;
  FPDFPageObj_SetStrokeColor(object: Handle, red: number, green: number, blue: number, alpha: number): number;
  FPDFTextObj_GetFontSize(object: Handle, size: number): number;
  FPDFTextObj_GetTextRenderMode(object: Handle): number;
  FPDFTextObj_GetRenderedBitmap(document: Handle, page: Handle, object: Handle, scale: number): Handle;
  FPDFPageObj_GetDashCount(object: Handle): number;
  FPDFTextObj_GetFont(object: Handle): Handle;
  FPDFFont_GetBaseFontName(font: Handle, buffer: number, bytes: number): number;
  FPDFPageObj_GetClipPath(object: Handle): Handle;
  FPDFClipPath_CountPaths(clip: Handle): number;
  FPDFClipPath_CountPathSegments(clip: Handle, path: number): number;
  FPDFClipPath_GetPathSegment(clip: Handle, path: number, index: number): Handle;
  FPDFPathSegment_GetPoint(segment: Handle, x: number, y: number): number;
  FPDFPath_CountSegments(path: Handle): number;
  FPDFPath_GetDrawMode(path: Handle, fill: number, stroke: number): number;

  FPDFBitmap_CreateEx(width: number, height: number, format: number, address: number, stride: number): Handle;
  FPDFBitmap_FillRect(
    bitmap: Handle,
    left: number,
    top: number,
    width: number,
    height: number,
    color: number,
  ): number;
  FPDFBitmap_GetBuffer(bitmap: Handle): number;
  FPDFBitmap_GetHeight(bitmap: Handle): number;
  FPDFBitmap_GetStride(bitmap: Handle): number;
  FPDFBitmap_Destroy(bitmap: Handle): void;
  FPDF_RenderPageBitmap(
    bitmap: Handle,
    page: Handle,
    left: number,
    top: number,
    width: number,
    height: number,
    rotate: number,
    flags: number,
  ): void;
  FPDF_PageToDevice(
    page: Handle,
    left: number,
    top: number,
    width: number,
    height: number,
    rotate: number,
    x: number,
    y: number,
    deviceX: number,
    deviceY: number,
  ): number;

  FPDFDOC_InitFormFillEnvironment(document: Handle, callbacks: number): Handle;
  FPDFDOC_ExitFormFillEnvironment(form: Handle): void;
  FPDFPage_GetAnnotCount(page: Handle): number;
  FPDFPage_GetAnnot(page: Handle, index: number): Handle;
  FPDFPage_CloseAnnot(annotation: Handle): void;
  FPDFAnnot_GetSubtype(annotation: Handle): number;
  FPDFAnnot_GetFlags(annotation: Handle): number;
  FPDFAnnot_GetRect(annotation: Handle, box: number): number;
  FPDFAnnot_GetStringValue(annotation: Handle, key: number, buffer: number, bytes: number): number;
  FPDFAnnot_GetFileAttachment(annotation: Handle): Handle;
  FPDFAnnot_GetFormFieldType(form: Handle, annotation: Handle): number;
  FPDFAnnot_GetFormFieldFlags(form: Handle, annotation: Handle): number;
  FPDFAnnot_GetFormFieldName(form: Handle, annotation: Handle, buffer: number, bytes: number): number;
  FPDFAnnot_GetFormFieldAlternateName(
    form: Handle,
    annotation: Handle,
    buffer: number,
    bytes: number,
  ): number;
  FPDFAnnot_GetFormFieldValue(form: Handle, annotation: Handle, buffer: number, bytes: number): number;
  FPDFAnnot_GetFormFieldExportValue(form: Handle, annotation: Handle, buffer: number, bytes: number): number;
  FPDFAnnot_IsChecked(form: Handle, annotation: Handle): number;
  FPDFAnnot_GetOptionCount(form: Handle, annotation: Handle): number;
  FPDFAnnot_GetOptionLabel(
    form: Handle,
    annotation: Handle,
    index: number,
    buffer: number,
    bytes: number,
  ): number;
  FPDFAnnot_IsOptionSelected(form: Handle, annotation: Handle, index: number): number;

  FPDFDoc_GetAttachmentCount(document: Handle): number;
  FPDFDoc_GetAttachment(document: Handle, index: number): Handle;
  FPDFAttachment_GetName(attachment: Handle, buffer: number, bytes: number): number;
  FPDFAttachment_GetSubtype(attachment: Handle, buffer: number, bytes: number): number;
  FPDFAttachment_GetFile(attachment: Handle, buffer: number, bytes: number, length: number): number;
}

/** One instance of PDFium, with its memory. */
export class Pdfium {
  readonly calls: Calls;
  readonly #module: Awaited<ReturnType<typeof PDFiumModule>>;
  /** Where answers are written: one place for all, as each is read before the next is asked for. */
  #desk = {address: 0, bytes: 0};
  #lastView: DataView | undefined;
  readonly #names = new Map<string, number>();

  private constructor(module: Awaited<ReturnType<typeof PDFiumModule>>) {
    this.#module = module;
    // The package's types know a tenth of what the module exports.
    this.calls = module.wasmExports as unknown as Calls;
    this.calls.FPDF_InitLibrary();
  }

  static async load(): Promise<Pdfium> {
    return new Pdfium(await PDFiumModule({}));
  }

  /** All of its memory. It moves when it grows, so it is asked for anew after each call. */
  get memory(): Uint8Array {
    return this.#module.HEAPU8;
  }

  /** @throws RangeError when there is no memory left. */
  allocate(bytes: number): number {
    const address = this.calls.malloc(bytes);
    if (address === 0) throw new RangeError(`PDFium has no memory for ${bytes} bytes.`);
    return address;
  }

  /** A text that PDFium writes; it says how many bytes that takes, also when there was no room for them. */
  text(fill: Fill): string {
    let bytes = fill(this.#room(1024), this.#desk.bytes);
    if (bytes > this.#desk.bytes) bytes = fill(this.#room(bytes), bytes);
    return this.#utf16(bytes - 2);
  }

  /** A text of at most so many UTF-16 units, from a function that counts in those. */
  textOfUnits(units: number, fill: Fill): string {
    const count = fill(this.#room(2 * units + 2), units);
    return this.#utf16(2 * count);
  }

  /** A text of a function that says its length in a place of its own. */
  textWithLength(fill: (address: number, bytes: number, length: number) => number): string {
    const length = this.name('\0\0\0\0');
    return this.text((address, bytes) => (fill(address, bytes, length) ? this.wordAt(length) : 0));
  }

  /** A whole number in its memory. */
  wordAt(address: number): number {
    return this.#view.getUint32(address, true);
  }

  /** Numbers that PDFium writes next to each other; undefined when it has none. */
  floats(count: number, fill: (address: number) => number): number[] | undefined {
    const address = this.#room(4 * count);
    if (!fill(address)) return undefined;
    const view = this.#view;
    return Array.from({length: count}, (_, index) => view.getFloat32(address + 4 * index, true));
  }

  /** The same of whole numbers. */
  integers(count: number, fill: (address: number) => number): number[] | undefined {
    const address = this.#room(4 * count);
    if (!fill(address)) return undefined;
    const view = this.#view;
    return Array.from({length: count}, (_, index) => view.getUint32(address + 4 * index, true));
  }

  /** The address of a name that PDFium is asked with, such as a dictionary's key. Few are, so they stay. */
  name(name: string): number {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const bytes = new TextEncoder().encode(`${name}\0`);
    const address = this.allocate(bytes.length);
    this.memory.set(bytes, address);
    this.#names.set(name, address);
    return address;
  }

  #room(bytes: number): number {
    if (bytes > this.#desk.bytes) {
      const address = this.allocate(bytes);
      this.calls.free(this.#desk.address);
      this.#desk = {address, bytes};
    }
    return this.#desk.address;
  }

  /** Made anew only when the memory moved: each object on a page is asked for a dozen numbers. */
  get #view(): DataView {
    const {buffer} = this.memory;
    if (this.#lastView?.buffer !== buffer) this.#lastView = new DataView(buffer);
    return this.#lastView;
  }

  #utf16(bytes: number): string {
    if (bytes <= 0) return '';
    const {address} = this.#desk;
    // Neither a byte order mark is taken off nor half of a pair replaced: the text is normalized later.
    return new TextDecoder('utf-16le', {ignoreBOM: true}).decode(
      this.memory.subarray(address, address + bytes),
    );
  }
}

/** Whether an instance answers nothing right from now on, not even the request to close something. */
export function isFatal(error: unknown): boolean {
  return error instanceof RangeError || (error instanceof Error && error.name === 'RuntimeError');
}
