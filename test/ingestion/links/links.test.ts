/** Which case a document belongs to, and which others say the same, on every kind of database. */
import test, {type ExecutionContext} from 'ava';
import type {Kysely, Transaction} from 'kysely';
import {readConfig} from '#kit/wire';
import type {Correspondence} from '../../../services/ingestion/extract/mail/correspondence.ts';
import {findCase} from '../../../services/ingestion/links/find-case.ts';
import {findDoubles} from '../../../services/ingestion/links/find-doubles.ts';
import {forgetTexts} from '../../../services/ingestion/links/forget-texts.ts';
import {keyedHashes} from '../../../services/ingestion/links/keyed.ts';
import {comparing} from '../../../services/ingestion/links/likeness.ts';
import {type IngestionTables, ingestionTables} from '../../../services/ingestion/tables.ts';
import {openDatabase} from '../../../services/kit/database/open-database.ts';
import {transact} from '../../../services/kit/database/transact.ts';
import {databases, type TestedDatabase} from '../../state/databases.ts';
import {keyed} from './keyed.ts';

const first = 'doc-00000000000000000001';
const second = 'doc-00000000000000000002';
const third = 'doc-00000000000000000003';

for (const kind of databases()) {
  const {name} = kind;

  test(`${name}: a document that names no other begins a case of its own`, async (t) => {
    const {mail} = await mailbox(t, kind);

    const thread = await mail(first, {from: 'ann@home.example'});

    t.like(thread, {follows: null, claims: null});
    t.regex(thread.case, /^[0-9A-Z]{5}-[0-9A-Z]{5}$/);
  });

  test(`${name}: an answer to a mail belongs to its case, and so does an answer to that`, async (t) => {
    const {mail} = await mailbox(t, kind);

    const one = await mail(first, {from: 'ann@home.example', id: '<1@home>'});
    const two = await mail(second, {from: 'ann@home.example', id: '<2@home>', references: ['<1@home>']});
    const three = await mail(third, {from: 'ann@home.example', id: '<3@home>', references: ['<2@home>']});

    t.deepEqual(
      [two, three],
      [
        {case: one.case, follows: first, claims: null},
        {case: one.case, follows: first, claims: null},
      ],
    );
  });

  test(`${name}: an answer that comes before its mail has the case, and the mail belongs there`, async (t) => {
    const {mail} = await mailbox(t, kind);

    await mail(second, {from: 'bob@work.example', to: ['ann@home.example'], references: ['<1@home>']});
    const late = await mail(first, {from: 'ann@home.example', id: '<1@home>'});

    t.like(late, {follows: second, claims: null});
  });

  test(`${name}: a number in the subject leads to its case, whatever the header says`, async (t) => {
    const {mail} = await mailbox(t, kind);

    const one = await mail(first, {from: 'ann@home.example', id: '<1@home>'});
    const two = await mail(second, {from: 'ann@home.example', subject: `Re: Your mortgage [${one.case}]`});

    t.deepEqual(two, {case: one.case, follows: first, claims: null});
  });

  test(`${name}: who was written to in a case belongs to it, and a stranger only claims to`, async (t) => {
    const {mail} = await mailbox(t, kind);

    const one = await mail(first, {from: 'ann@home.example', to: ['law@firm.example'], id: '<1@home>'});
    const lawyer = await mail(second, {from: 'law@firm.example', references: ['<1@home>']});
    const stranger = await mail(third, {from: 'eve@else.example', subject: one.case});

    t.like(lawyer, {follows: first, claims: null});
    t.like(stranger, {follows: null, claims: first});
    t.not(stranger.case, one.case);
  });

  test(`${name}: a letter that is no mail only claims the case whose number it has`, async (t) => {
    const {mail} = await mailbox(t, kind);

    const one = await mail(first, {from: 'ann@home.example'});
    const letter = await mail(second, {subject: `Your sign: ${one.case}`});

    t.like(letter, {follows: null, claims: first});
  });

  test(`${name}: mails that a program gives one id are cases of their own`, async (t) => {
    const {mail} = await mailbox(t, kind);
    const form = {from: 'form@shop.example', id: '<form@shop.example>'};

    await mail(first, form);

    t.like(await mail(second, form), {follows: null, claims: null});
    t.like(await mail(third, {from: 'form@shop.example', references: [form.id]}), {follows: first});
  });

  test(`${name}: who only named a mail does not have its case`, async (t) => {
    const {mail} = await mailbox(t, kind);

    await mail(first, {from: 'eve@else.example', references: ['<1@home>']});
    const own = await mail(second, {from: 'ann@home.example', id: '<1@home>'});
    const later = await mail(third, {from: 'ann@home.example', id: '<2@home>', references: ['<1@home>']});

    t.like(own, {follows: null, claims: first});
    t.like(later, {follows: second, claims: null});
  });

  test(`${name}: handled once more, each document has the case that it had`, async (t) => {
    const {mail} = await mailbox(t, kind);
    const all = async () => [
      await mail(first, {from: 'ann@home.example', id: '<1@home>'}),
      await mail(second, {from: 'ann@home.example', id: '<2@home>', references: ['<1@home>']}),
      await mail(third, {from: 'eve@else.example', id: '<3@else>', references: ['<1@home>']}),
    ];

    t.deepEqual(await all(), await all());
  });

  test(`${name}: of mails that name each other at the same moment all but one find the case`, async (t) => {
    const {mail} = await mailbox(t, kind);
    const ids = Array.from({length: 6}, (_, number) => `doc-1000000000000000000${number}`);

    const threads = await Promise.all(
      ids.map((id, number) =>
        mail(id, {
          from: 'ann@home.example',
          id: `<${number}@home>`,
          references: ids
            .map((_, other) => `<${other}@home>`)
            .filter((other) => other !== `<${number}@home>`),
        }),
      ),
    );

    t.is(threads.filter(({follows}) => follows === null).length, 1);
    t.is(new Set(threads.map((thread) => thread.case)).size, 1);
  });

  test(`${name}: the same words from one sender are a double, from another they are alike`, async (t) => {
    const {compare} = await mailbox(t, kind);

    t.deepEqual(await compare(first, {from: 'ann@home.example', text: letter}), {of: null, alike: []});
    t.deepEqual(await compare(second, {from: 'ann@home.example', text: letter}), {of: first, alike: []});
    t.deepEqual(await compare(third, {from: 'bob@work.example', text: letter}), {
      of: null,
      alike: [second, first],
    });
  });

  test(`${name}: a word more is a double still, another number is not`, async (t) => {
    const {compare} = await mailbox(t, kind);
    const from = 'ann@home.example';

    await compare(first, {from, text: letter});
    const word = await compare(second, {from, text: letter.replace('for years', 'for very long years')});
    const number = await compare(third, {from, text: letter.replace('4711', '4712')});

    t.is(word.of, first);
    t.is(number.of, null);
    t.true(number.alike.includes(first));
  });

  test(`${name}: documents without a sender are alike at most`, async (t) => {
    const {compare} = await mailbox(t, kind);

    await compare(first, {text: letter});

    t.deepEqual(await compare(second, {text: letter}), {of: null, alike: [first]});
  });

  test(`${name}: the same bytes are the same, however few words they have`, async (t) => {
    const {compare} = await mailbox(t, kind);
    const from = 'ann@home.example';

    await compare(first, {from, text: 'Call me.', sha256: 'a'});

    t.is((await compare(second, {from, text: 'Call me.', sha256: 'a'})).of, first);
    t.deepEqual(await compare(third, {from, text: 'Call me.', sha256: 'b'}), {of: null, alike: []});
  });

  test(`${name}: handled once more, a document is no double of a later one`, async (t) => {
    const {compare} = await mailbox(t, kind);
    const one = () => compare(first, {from: 'ann@home.example', text: letter});
    const two = () => compare(second, {from: 'ann@home.example', text: letter});

    await one();
    await two();

    t.deepEqual(await one(), {of: null, alike: []});
    t.deepEqual(await two(), {of: first, alike: []});
  });

  test(`${name}: after a month nobody is told that they said the same`, async (t) => {
    const {compare, database} = await mailbox(t, kind);
    const days = (count: number) => new Date(Date.now() + count * 86_400_000);

    await compare(first, {from: 'ann@home.example', text: letter});
    await forgetTexts(database, days(29), {batch: 1});
    t.is((await compare(second, {from: 'ann@home.example', text: letter})).of, first);
    await forgetTexts(database, days(31), {batch: 1});

    t.is((await compare(third, {from: 'ann@home.example', text: letter})).of, null);
    const {bands} = await database
      .selectFrom('bands')
      .select(({fn}) => fn.countAll<number>().as('bands'))
      .executeTakeFirstOrThrow();
    t.is(Number(bands), 6);
  });
}

for (const kind of databases()) {
  test(`${kind.name}: of many processes that start at once all hash alike, and another installation does not`, async (t) => {
    const [ours, theirs] = [await mailbox(t, kind), await mailbox(t, kind)];

    const hashes = await Promise.all(Array.from({length: 8}, () => keyedHashes(ours.database)));

    const said = hashes.map((hash) => hash('person', 'ann@home.example'));
    t.is(new Set(said).size, 1);
    t.not((await keyedHashes(theirs.database))('person', 'ann@home.example'), said[0]);
    t.not(hashes[0]?.('mail', 'ann@home.example'), said[0]);
  });
}

const letter = `I have been a customer of your bank for years and never had a reason to complain. Last week you charged
me a fee on account 4711 for a transfer that I did not make, and your hotline kept me waiting for an hour before the line
broke off. Please pay the fee back and tell me how it came to that.`;

interface Mail extends Partial<Pick<Correspondence, 'id' | 'references'>> {
  from?: string;
  to?: string[];
  subject?: string;
}

/** Documents that come to one installation, each in a transaction of its own. */
async function mailbox(t: ExecutionContext, {empty}: TestedDatabase) {
  const database: Kysely<IngestionTables> = await openDatabase<IngestionTables>(
    {...readConfig({}), ...(await empty(t))},
    'ingestion',
    ingestionTables,
  );
  t.teardown(() => database.destroy());
  const within = <Result>(run: (transaction: Transaction<IngestionTables>) => Promise<Result>) =>
    transact(database, run);
  return {
    database,
    mail: (documentId: string, {from, to = [], subject = '', id = null, references = []}: Mail) =>
      within((transaction) =>
        findCase(transaction, keyed, {
          documentId,
          sender: from ?? null,
          correspondence: from === undefined ? null : {id, references, people: [from, ...to]},
          texts: [subject],
        }),
      ),
    compare: (
      documentId: string,
      {from, text, sha256 = documentId}: {from?: string; text: string; sha256?: string},
    ) =>
      within((transaction) =>
        findDoubles(transaction, comparing(keyed), {
          documentId,
          sender: from ?? null,
          sha256,
          text,
        }),
      ),
  };
}
