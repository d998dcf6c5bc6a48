import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {read} from '../../services/ingestion/extract/read.ts';
import {readInvoice} from '../../services/response/invoice.ts';
import {skip} from '../skip.ts';

const invoices = path.join(import.meta.dirname, '../../../shared/documents/invoices');

/** What is known of an invoice that somebody sent. */
interface Known {
  readonly amount: number;
  readonly date: string;
  readonly invoice_number: string;
}

test('of real invoices nine in ten amounts and dates are read right, and eight in ten numbers', async (t) => {
  if (!existsSync(invoices)) return skip(t, `the invoices are not at ${invoices}`);
  const right = {total: 0, date: 0, number: 0};
  const files = readdirSync(invoices).filter((file) => file.endsWith('.pdf'));

  for (const file of files) {
    const source = readFileSync(path.join(invoices, file.replace('.pdf', '.json')), 'utf8');
    const [known]: readonly Known[] = JSON.parse(source);
    const bytes = readFileSync(path.join(invoices, file));
    const extraction = await read(bytes, {filename: file, contentType: 'application/pdf'});
    if (extraction.outcome !== 'ingested' || known === undefined) return t.fail(file);
    const {total, date, number} = readInvoice(extraction.text, extraction.language);
    right.total += Number(total === known.amount);
    right.date += Number(date === known.date);
    right.number += Number(number === known.invoice_number);
  }

  t.log(`of ${files.length}: amount ${right.total}, date ${right.date}, number ${right.number}`);
  t.true(right.total >= 0.9 * files.length);
  t.true(right.date >= 0.9 * files.length);
  t.true(right.number >= 0.8 * files.length);
});

const written: readonly (readonly [
  text: string,
  number: string | null,
  date: string | null,
  total: number | null,
])[] = [
  [
    'Acme Ltd\nInvoice No: A-1001\nInvoice date: 03/14/2025\nDue date: 04/14/2025\nSubtotal $100.00\nTax $8.00\nAmount due $108.00',
    'A-1001',
    '2025-03-14',
    108,
  ],
  [
    'INVOICE #2025-0042\nDate of issue March 3, 2025\nDate due April 3, 2025\n$1,250.00 due April 3, 2025\nTotal $1,250.00\nAmount due $1,250.00 USD',
    '2025-0042',
    '2025-03-03',
    1250,
  ],
  [
    'Rechnung Nr. 4711-25\nDatum: 3. März 2025\nLieferdatum: 1. März 2025\nNettobetrag 100,00 €\nMwSt. 19 % 19,00 €\nGesamtbetrag 119,00 €\nZahlbar bis 17.03.2025',
    '4711-25',
    '2025-03-03',
    119,
  ],
  [
    'Factura nº F2025/118\nFecha de emisión: 03/04/2025\nBase imponible 200,00 €\nIVA 21% 42,00 €\nTotal a pagar 242,00 €\nVencimiento: 03/05/2025',
    'F2025/118',
    '2025-04-03',
    242,
  ],
  [
    'Facture n° FA-0099\nDate de facturation : 1er mars 2025\nTotal HT 1 000,00 €\nTVA 200,00 €\nTotal TTC 1 200,00 €\nNet à payer 1 200,00 €',
    'FA-0099',
    '2025-03-01',
    1200,
  ],
  [
    'Fattura n. 12/2025\nData: 14/03/2025\nImponibile 50,00\nIVA 22% 11,00\nTotale fattura € 61,00',
    '12/2025',
    '2025-03-14',
    61,
  ],
  [
    'Faktura VAT nr FV/3/2025\nData wystawienia: 14 marca 2025\nData sprzedaży: 10 marca 2025\nRazem 1 230,00 zł\nDo zapłaty 1 230,00 zł',
    'FV/3/2025',
    '2025-03-14',
    1230,
  ],
  [
    'Tax Invoice\nInvoice Number Invoice Date Due Date\nINV-88 14 March 2025 28 March 2025\nTotal GST 10.00\nTotal AUD 110.00',
    'INV-88',
    '2025-03-14',
    110,
  ],
  [
    'Receipt number 5512-77\nDate paid June 1, 2024\nTotal $20.00\nAmount paid $20.00',
    '5512-77',
    '2024-06-01',
    20,
  ],
  ['Invoice 03/04/2025\nHours total 12', null, null, null],
  ['Dear Sirs, I have a question about my invoice. My total is wrong.', null, null, null],
];

for (const [text, number, date, total] of written)
  test(`an invoice says what it is: ${JSON.stringify(text.slice(0, 30))}`, (t) => {
    t.deepEqual(readInvoice(text, text.startsWith('Factura n') ? 'es' : 'en'), {number, date, total});
  });

test('no invoice of two megabytes takes more than a moment', (t) => {
  for (const unit of [
    'Total ',
    'Total\n',
    'invoice ',
    'invoice no ',
    'date ',
    '3/14/2025 ',
    'Total 1 ',
    '1,',
    'A-1',
  ]) {
    const text = unit.repeat(2_000_000 / unit.length);
    const start = process.cpuUsage();
    readInvoice(text);
    t.true(process.cpuUsage(start).user < 2_000_000, unit);
  }
});
