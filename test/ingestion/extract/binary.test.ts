import test from 'ava';
import {isKnownBinary} from '../../../services/ingestion/extract/binary.ts';
import {read} from '../../../services/ingestion/extract/read.ts';

/** A blank picture: its long runs of zero bytes at every other place look like UTF-16. */
function blankJpeg(): Buffer {
  const head = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb', 'hex');
  return Buffer.concat([head, Buffer.from('a200'.repeat(2000), 'hex'), Buffer.from('ffd9', 'hex')]);
}

test('a picture is unsupported, also where its bytes look like text', async (t) => {
  const hints = {filename: 'photo.jpg', contentType: 'image/jpeg'};

  t.deepEqual(await read(blankJpeg(), hints), {outcome: 'rejected', reason: 'unsupported'});
});

test('a letter in an old encoding is no binary format, whatever it begins with', async (t) => {
  for (const text of ['BM für Ihre Bemühungen', 'MZ é', 'Déjà vu, chère Madame']) {
    t.false(await isKnownBinary(Buffer.from(text, 'latin1')), text);
  }
});

test('text in UTF-16 is no binary format', async (t) => {
  t.false(await isKnownBinary(Buffer.from('\ufeffGrüße aus Köln', 'utf16le')));
});
