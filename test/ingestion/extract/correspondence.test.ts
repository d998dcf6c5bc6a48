import test from 'ava';
import {read} from '../../../services/ingestion/extract/read.ts';

const correspondenceOf = async (...fields: string[]) => {
  const mail = Buffer.from(`${fields.join('\r\n')}\r\n\r\nWhere is my refund?\r\n`);
  const found = await read(mail, {filename: 'mail.eml', contentType: null});
  return found.outcome === 'ingested' ? found.correspondence : undefined;
};

test('a mail says its own id, those it answers with the nearest first, and who takes part', async (t) => {
  t.deepEqual(
    await correspondenceOf(
      'From: Ann Example <Ann@Example.com>',
      'To: "Desk, Help" <help@bank.example>, bob@example.com',
      'Cc: Law Firm <law@firm.example>',
      'Reply-To: ann@home.example',
      'Message-ID: <3@example.com>',
      'In-Reply-To: <2@bank.example>',
      'References: <1@example.com>',
      ' <2@bank.example>',
      'Subject: Re: A question',
    ),
    {
      id: '<3@example.com>',
      references: ['<2@bank.example>', '<1@example.com>'],
      people: [
        'ann@example.com',
        'ann@home.example',
        'help@bank.example',
        'bob@example.com',
        'law@firm.example',
      ],
    },
  );
});

test('a mail that says nothing of others belongs to none', async (t) => {
  t.deepEqual(await correspondenceOf('From: ann@example.com', 'Subject: A question'), {
    id: null,
    references: [],
    people: ['ann@example.com'],
  });
});

test('a header that names very many is read to its fiftieth', async (t) => {
  const many = Array.from({length: 500}, (_, number) => `<${number}@example.com>`);

  const found = await correspondenceOf(
    `References: ${many.join(' ')}`,
    `To: ${many.join(', ')}`,
    'Subject: x',
  );

  t.is(found?.references[0], '<499@example.com>');
  t.is(found?.references.length, 50);
  t.is(found?.people.length, 50);
});

test('a document that is no mail has no correspondence', async (t) => {
  const found = await read(Buffer.from('Message-ID is a word. References are others.'), {
    filename: 'letter.txt',
    contentType: 'text/plain',
  });

  t.is(found.outcome === 'ingested' ? found.correspondence : undefined, null);
});
