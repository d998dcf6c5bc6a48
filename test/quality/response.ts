import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {read} from '../../services/ingestion/extract/read.ts';
import {readInvoice} from '../../services/response/invoice.ts';
import {findSender} from '../../services/response/sender.ts';
import {unseen} from '../response/senders/unseen.ts';
import {type Figure, share, skipped} from './figure.ts';

const invoices = path.join(import.meta.dirname, '../../../shared/documents/invoices');

/** Names of senders, and what is read from invoices. */
export async function response(): Promise<Figure[]> {
  return [...senders(), ...(await invoiceFields())];
}

function senders(): Figure[] {
  const greetings = unseen.map(({name, address, text = 'Please help me.', greeted}) => ({
    greeted,
    said: findSender({sender: {name: name ?? null, address: address ?? null}, text})?.name,
  }));
  const right = greetings.filter(({said, greeted}) => said === greeted).length;
  const wrong = greetings.filter(({said, greeted}) => said !== undefined && said !== greeted).length;
  return [
    share('senders that are greeted right', {hits: right, of: greetings.length}, {least: 0.9}),
    share('senders that are greeted by a wrong name', {hits: wrong, of: greetings.length}, {most: 0.01}),
  ];
}

/** What is known of an invoice that somebody sent. */
interface Known {
  readonly amount: number;
  readonly date: string;
  readonly invoice_number: string;
}

async function invoiceFields(): Promise<Figure[]> {
  if (!existsSync(invoices)) return [skipped('fields of invoices', `no ${invoices}`)];
  const files = readdirSync(invoices).filter((file) => file.endsWith('.pdf'));
  const right = {total: 0, date: 0, number: 0};
  for (const file of files) {
    const [known]: readonly Known[] = JSON.parse(
      readFileSync(path.join(invoices, file.replace('.pdf', '.json')), 'utf8'),
    );
    const found = await read(readFileSync(path.join(invoices, file)), {
      filename: file,
      contentType: 'application/pdf',
    });
    if (found.outcome !== 'ingested' || known === undefined) continue;
    const {total, date, number} = readInvoice(found.text, found.language);
    right.total += Number(total === known.amount);
    right.date += Number(date === known.date);
    right.number += Number(number === known.invoice_number);
  }
  const of = files.length;
  return [
    share('amounts of invoices', {hits: right.total, of}, {least: 0.9}),
    share('dates of invoices', {hits: right.date, of}, {least: 0.9}),
    share('numbers of invoices', {hits: right.number, of}, {least: 0.8}),
  ];
}
