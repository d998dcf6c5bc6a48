import {createHash} from 'node:crypto';
import {readFile} from 'node:fs/promises';
import {Chance} from './chance.ts';

/** A document to be sent. */
export interface Letter {
  readonly filename: string;
  readonly bytes: Buffer;
  readonly sha256: string;
  /** Its `Idempotency-Key`; null: it has none, and is not sent again when the connection breaks. */
  readonly key: string | null;
  /** It is sent once more though it was accepted. */
  readonly isRepeated: boolean;
  /** How it has to end. */
  readonly ending: 'answered' | 'rejected';
}

const folder = new URL('../documents/', import.meta.url);
const readable = [
  'mortgage-escrow.pdf',
  'credit-report.eml',
  'debt-collection.docx',
  'credit-card.html',
  'complaint.md',
  'kreditkarte-utf-16.txt',
];
const unreadable = ['empty.txt', 'encrypted.pdf', 'encrypted.docx', 'truncated.docx', 'debt-collection.doc'];

/** Letters of all kinds: most are texts, some are files with attachments, some can't be read. */
export async function letters(count: number, seed: number): Promise<Letter[]> {
  const chance = new Chance(seed);
  const files = await Promise.all(
    [...readable, ...unreadable].map(async (filename) => ({
      filename,
      bytes: await readFile(new URL(filename, folder)),
      ending: readable.includes(filename) ? ('answered' as const) : ('rejected' as const),
    })),
  );
  return Array.from({length: count}, (_, index) => {
    const document = chance.happens(0.25) ? asNew(chance.of(files), index) : written(index, chance);
    const key = chance.happens(0.6) ? `letter-${seed}-${index}` : null;
    const sha256 = createHash('sha256').update(document.bytes).digest('hex');
    return {...document, sha256, key, isRepeated: key !== null && chance.happens(0.3)};
  });
}

/** A mail by another person, as the same one from the same sender is not answered twice. */
function asNew<File extends Pick<Letter, 'filename' | 'bytes'>>(file: File, index: number): File {
  if (!file.filename.endsWith('.eml')) return file;
  const mail = file.bytes.toString('latin1').replace('renee.okafor@', `renee.okafor.${index}@`);
  return {...file, bytes: Buffer.from(mail, 'latin1')};
}

const complaints = [
  'My credit card was charged twice by the same hotel and you refuse to refund the late fee of $29.00.',
  'A debt collector calls me at work every day about a debt that is not mine and threatens to sue me.',
  'My credit report shows an account that I never opened; I disputed it twice with the credit bureau.',
  'You raised the escrow payment of my mortgage and will not tell me how my property taxes changed.',
  'My student loan servicer lost my income-driven repayment plan and put the loan into forbearance.',
  'I sent $500.00 by money transfer to my sister and it never arrived, and nobody gives it back to me.',
  'You closed my checking account, and the overdraft fees on the bank account were never my fault.',
];
const details = [
  'I have called your office three times and got three different answers.',
  'My account number is 40017755.',
  'Please correct this and confirm it to me in writing.',
  'On June 4 I was told that it would take nine days.',
  'I am very disappointed, as I have been a customer for twelve years.',
  '<b>& "quotes", ümläuts, 漢字 and 😀 belong to it too.',
];

function written(index: number, chance: Chance): Pick<Letter, 'filename' | 'bytes' | 'ending'> {
  const lines = [`To whom it may concern, this is letter ${index}.`, chance.of(complaints)];
  for (let line = chance.below(5); line > 0; line--) lines.push(chance.of(details));
  const signed = [...lines, '', 'Yours sincerely,', 'Jo Kittiwake'];
  return {filename: `letter ${index}.txt`, bytes: Buffer.from(signed.join('\n')), ending: 'answered'};
}
