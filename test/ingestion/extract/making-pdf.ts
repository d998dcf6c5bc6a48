/** PDFs that are made while a test runs, with whatever else than text is in them. */

/** What is in a PDF of one page. */
export interface Made {
  /** What is drawn on the page. */
  content?: string;
  /** Entries of the page's dictionary. */
  page?: string;
  /** Entries of the page's resources, beside the fonts `F1` and `F2`, of which the second is in no document. */
  resources?: string;
  /** Entries of the catalog and of the trailer. */
  catalog?: string;
  trailer?: string;
  /** Further objects, by the numbers that they are called with, from 10 on. */
  objects?: Readonly<Record<number, string | Uint8Array>>;
}

const chinese =
  '<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/GBK-EUC-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 0 1000 1000]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>>>]>>';

/** Makes a PDF of one page. */
export function pdfWith({
  content = '',
  page = '',
  resources = '',
  catalog = '',
  trailer = '',
  objects = {},
}: Made) {
  const all: Record<number, string | Uint8Array> = {
    1: `<</Type/Catalog/Pages 2 0 R${catalog}>>`,
    2: '<</Type/Pages/Count 1/Kids[3 0 R]>>',
    3: `<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R/F2 6 0 R>>${resources}>>${page}>>`,
    4: stream(content),
    5: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>',
    6: chinese,
    ...objects,
  };
  const chunks: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const rows = Object.entries(all).map(([number, object]) => {
    const offset = sizeOf(chunks);
    chunks.push(Buffer.from(`${number} 0 obj\n`), Buffer.from(object), Buffer.from('\nendobj\n'));
    return `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const start = sizeOf(chunks);
  const size = Math.max(...Object.keys(all).map(Number)) + 1;
  const end = `xref\n0 1\n0000000000 65535 f \n${rows.join('')}trailer\n<</Size ${size}/Root 1 0 R${trailer}>>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.concat([...chunks, Buffer.from(end)]);
}

/** A stream with entries of its dictionary. */
export function stream(content: string | Uint8Array, entries = ''): Uint8Array {
  const bytes = Buffer.from(content);
  return Buffer.concat([
    Buffer.from(`<</Length ${bytes.length}${entries}>>stream\n`),
    bytes,
    Buffer.from('\nendstream'),
  ]);
}

/** A line of text at a height of the page. */
export function words(text: string, y: number, before = ''): string {
  return `q ${before} BT /F1 12 Tf 72 ${y} Td (${text}) Tj ET Q\n`;
}

/** An image of one gray pixel, drawn on so much of the page. */
export const gray = stream(
  '\x80',
  '/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray',
);

function sizeOf(chunks: readonly Buffer[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}
