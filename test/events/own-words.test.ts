import test from 'ava';
import fc from 'fast-check';
import {passagesIn, signedWordsOf, wordsIn} from '#events';

const signed = (text: string) => wordsIn(text, passagesIn(text, null).signed).trim();
const own = (text: string, title: string | null = null) => wordsIn(text, passagesIn(text, title).own).trim();

test('what a mail quotes is not its writer’s, above the answer or below it', (t) => {
  t.is(
    own(
      'Thank you, that helps.\n\nOn Mon, 3 Mar 2025 at 10:00, Bank <us@example.org> wrote:\n> Dear Ann,\n> we refund it.\n',
    ),
    'Thank you, that helps.',
  );
  t.is(own('> Which card?\nThe blue one.\n> Since when?\nSince May.\n'), 'The blue one.\nSince May.');
});

test('the letter that is answered below its header is not either, in any of the usual languages', (t) => {
  for (const header of [
    'From: Bank <us@example.org>\nSent: Monday, 3 March 2025 10:00\nTo: Ann\nSubject: Your letter',
    'Von: Bank\nGesendet: Montag, 3. März 2025\nAn: Ann\nBetreff: Ihr Brief',
    'De : Banque\nEnvoyé : lundi 3 mars 2025\nObjet : Votre lettre',
    '-----Original Message-----\nFrom: Bank',
    '________________________________\nFrom: Bank\nSubject: Your letter',
  ])
    t.is(own(`I still wait.\n\n${header}\n\nWe have received your letter.\n`), 'I still wait.', header);
  t.is(
    own('Ich warte.\n\nAm 3. März 2025 um 10:00 schrieb Bank <us@example.org>:\n\nIhr Brief ist da.'),
    'Ich warte.',
  );
});

test('signatures, notices and what phones add are not the letter, and what follows them is', (t) => {
  t.is(own('Please call me.\n-- \nAnn Example\nTel. 555-0100\n'), 'Please call me.');
  t.is(own('Please call me.\n\nSent from my iPhone'), 'Please call me.');
  t.is(
    own(
      'Please call me.\n\nThis e-mail and any attachments are confidential and intended solely for the\naddressee. Delete it otherwise.\n',
    ),
    'Please call me.',
  );
  t.is(
    own('Please call me.\n\nCONFIDENTIALITY NOTICE: This message is privileged.\n\nP.S. After six.'),
    'Please call me.\n\n\nP.S. After six.',
  );
});

test('a letter that is handed on stays, whatever is written above it', (t) => {
  const letter = 'Please see below.\n\n---------- Forwarded message ---------\nMy card was charged twice.';
  const byOutlook = 'Please see below.\n\nFrom: Ann\nSent: Monday\nSubject: My card\n\nIt was charged twice.';

  t.is(own(letter), letter);
  t.is(own(byOutlook, 'FW: My card'), byOutlook);
  t.is(own(byOutlook, 'RE: My card'), 'Please see below.');
});

test('a mail of nothing but quotes says these', (t) => {
  const forwarded =
    '---------- Forwarded message ---------\nFrom: Ann\nSubject: My card\n\nIt was charged twice.';

  t.is(own(forwarded), forwarded);
  t.is(own('> all of it\n> is quoted\n'), '> all of it\n> is quoted');
});

test('a letter that looks a little like a header or a quote stays whole', (t) => {
  for (const letter of [
    'To: whom it may concern\n\nMy card was charged twice.',
    'On Monday your clerk wrote: nothing.\nI want an answer.',
    'I paid 3 > 2 times.\n\nDate: 3 March\n\nAnn',
    'This message is for the manager.\nMy card was charged twice.',
  ])
    t.is(own(letter), letter.trim(), letter);
});

test('a sentence that a program has wrapped introduces, too', (t) => {
  const introduction = 'On Mon, 3 Mar 2025 at 10:00, Bank of Somewhere\n<us@example.org> wrote:';

  t.is(own(`Thank you.\n\n${introduction}\n\nWe refund it.`), 'Thank you.');
  t.is(own(`${introduction}\n> We refund it.\n\nThank you.`), 'Thank you.');
});

test('a letter can have a date and a subject in its head', (t) => {
  const letter =
    'Ann Example\nMain Street 1\n\nDate: 3 March\nSubject: My card\n\nIt was charged twice.\n\nAnn Example';

  t.is(own(letter), letter);
  t.is(signed(letter), letter);
});

test('a signature is its writer’s, and no notice below it', (t) => {
  t.is(signed('Call me.\n-- \nAnn Example\n\nSent from my iPhone'), 'Call me.\n-- \nAnn Example');
  t.is(signed('Call me.\nAnn\n\nDisclaimer: we are not\nBob Other\n'), 'Call me.\nAnn');
});

test('whoever hands a letter on has not signed it', (t) => {
  const mark = '---------- Forwarded message ---------\nFrom: Bob';

  t.is(signed(`Please see below.\nAnn\n\n${mark}\n\nThanks,\nBob Other`), 'Please see below.\nAnn');
  t.is(signed(`${mark}\n\nThanks,\nBob Other`), '');
});

test('what is signed stands where it stands in the text, and is found in it where nothing was kept', (t) => {
  const text = '> Yours,\n> Bob\nMine,\nAnn';
  const passages = passagesIn(text, null).signed;

  t.is(signedWordsOf({text}), '        \n     \nMine,\nAnn');
  t.is(signedWordsOf({text, signed: passages}), signedWordsOf({text}));
  t.is(signedWordsOf({text, signed: []}).trim(), '');
});

test('passages are in order, apart from each other and within the text, whatever it is', (t) => {
  const line = fc.constantFrom(
    '',
    '> a',
    'On Mon Bank wrote:',
    'From: x',
    'Subject: y',
    '-- ',
    'words',
    'Disclaimer',
    '-----Original Message-----',
  );

  fc.assert(
    fc.property(fc.array(line, {maxLength: 12}), (lines) => {
      const text = lines.join('\n');
      for (const passages of Object.values(passagesIn(text, null))) {
        let at = 0;
        for (const {from, to} of passages) {
          t.true(from >= at && to >= from && to <= text.length);
          at = to;
        }
      }
    }),
    {seed: 11},
  );
});
