/** What people and programs say about a dead letter lies in blobs alone, on every kind of database. */
import test, {type ExecutionContext} from 'ava';
import {type Kysely, sql} from 'kysely';
import {documentReceived, letterShown, lettersShown} from '#events';
import {type CloudEvent, type Config, encodeStructured, migrations, wordsOf} from '#kit';
import {openBlobs, readConfig, toEvent} from '#kit/wire';
import {moveWords} from '../../services/dead-letter/move-words.ts';
import deadLetter from '../../services/dead-letter/service.ts';
import {type LetterTables, letterTables} from '../../services/dead-letter/tables.ts';
import {openDatabase} from '../../services/kit/database/open-database.ts';
import {deliver, serving} from '../kit/serving.ts';
import {shown} from '../kit/shown.ts';
import {databases} from '../state/databases.ts';

const documentId = documentReceived.example.documentId;
const words = 'Dear Ms Lovelace';
const dest = 'http://broker-filter/triggers/dip/received-to-ingestion/uid';

for (const {name, empty} of databases()) {
  for (const subject of [documentId, undefined]) {
    const about = subject === undefined ? 'no document' : 'a document';

    test(`${name}: words about an event of ${about} are in no table, and gone once they are erased`, async (t) => {
      const config = await empty(t);
      const {url, ask, config: whole} = await serving(t, deadLetter, config);
      await deliver(url, givenUp(subject));
      const [letter] = shown(t, lettersShown, await ask('/letters')).letters;
      const before = shown(t, letterShown, await ask(`/letters/${letter?.letterId}`));
      const blobs = await openBlobs(whole);

      await blobs.erase(subject === undefined ? `letters/${letter?.letterId}` : `documents/${subject}`);
      const after = shown(t, letterShown, await ask(`/letters/${letter?.letterId}`));

      t.like(before, {message: words, destination: dest, whole: {data: {note: words}, note: words}});
      t.is(Reflect.get(before.whole ?? {}, 'knativeerrordata'), undefined);
      t.like(after, {message: null, destination: null, whole: null, event: {id: '1'}, code: 503});
      t.deepEqual(shown(t, lettersShown, await ask('/letters')).letters[0]?.message, null);
      t.false((await allThatIsKept(t, config)).includes(words));
    });
  }

  test(`${name}: what DIP 0.1 kept in its table is moved into blobs, killed and done twice or not`, async (t) => {
    const config = await empty(t);
    const letters = Array.from({length: 45}, (_, number) => ({
      id: `letter-${number}`,
      about: number % 2 === 0 ? documentId : null,
    }));
    await keptBefore(config, letters);
    const state = await opened(t, config);
    const killed = new AbortController();
    const moving = moveWords(state, {batch: 10, signal: killed.signal});
    killed.abort();
    await moving;
    const {ask} = await serving(t, deadLetter, config);
    const midway = shown(t, lettersShown, await ask('/letters'));

    await moveWords(state);
    await moveWords(state);
    const all = shown(t, lettersShown, await ask('/letters'));

    t.deepEqual(
      [midway, all].map((page) => page.letters.filter(({message}) => message === words).length),
      [45, 45],
    );
    const one = shown(t, letterShown, await ask('/letters/letter-7'));
    t.like(one, {destination: dest, documentId: null, whole: {data: {note: words}}});
    t.is(Reflect.get(one.whole ?? {}, 'knativeerrordest'), undefined);
    t.false((await allThatIsKept(t, config)).includes(words));
  });

  test(`${name}: of a document that was erased, what DIP 0.1 kept is not written again`, async (t) => {
    const config = await empty(t);
    await keptBefore(config, [{id: 'letter-1', about: documentId}]);
    const state = await opened(t, config);
    await state.blobs.erase(`documents/${documentId}`);

    await moveWords(state);

    const {ask} = await serving(t, deadLetter, config);
    t.like(shown(t, letterShown, await ask('/letters/letter-1')), {message: null, whole: null});
    t.false((await allThatIsKept(t, config)).includes(words));
  });
}

/** Somebody's own event, which keeps to no contract, refused in words. */
function givenUp(subject: string | undefined): CloudEvent {
  const event = toEvent(
    {contract: documentReceived, data: documentReceived.example},
    {service: 'test', id: '1', time: new Date('2026-01-31T09:00:00Z')},
  );
  const {subject: _own, ...attributes} = event.attributes;
  return {
    attributes: {
      ...attributes,
      ...(subject === undefined ? {} : {subject}),
      note: words,
      knativeerrordest: dest,
      knativeerrorcode: '503',
      knativeerrordata: Buffer.from(JSON.stringify({error: words})).toString('base64'),
    },
    data: Buffer.from(JSON.stringify({note: words})),
  };
}

/** Letters as version 0.1.0 has kept them: the cause of a document's was a blob, too. */
async function keptBefore(
  changes: Partial<Config>,
  letters: readonly {id: string; about: string | null}[],
): Promise<void> {
  const {'1-letters': step} = letterTables.steps;
  if (step === undefined) throw new TypeError('Expected the step of 0.1.0.');
  const config = {...readConfig({}), ...changes};
  const database = await openDatabase(config, 'dead-letter', migrations<LetterTables>({'1-letters': step}));
  const blobs = await openBlobs(config);
  for (const {id, about} of letters) {
    const cause = wordsOf({documentId: about, eventId: id}, 'cause', {destination: dest, message: words});
    if (about !== null) await blobs.write(cause.ref, cause.bytes);
    const event = encodeStructured(givenUp(about ?? undefined)).body;
    await sql`insert into letters (letter_id, document_id, source, id, type, code, destination, message, event, kept_at)
      values (${id}, ${about}, '/services/test', '1', 'test', 503, ${dest}, ${words}, ${event}, '2026-01-31')`.execute(
      database,
    );
  }
  await database.destroy();
}

async function opened(t: ExecutionContext, changes: Partial<Config>) {
  const config = {...readConfig({}), ...changes};
  const database: Kysely<LetterTables> = await openDatabase(config, 'dead-letter', letterTables);
  t.teardown(() => database.destroy());
  return {database, blobs: await openBlobs(config)};
}

/** Every row of every table that the service has, as one text. */
async function allThatIsKept(t: ExecutionContext, config: Partial<Config>): Promise<string> {
  const {database} = await opened(t, config);
  const tables = [
    sql<Record<string, unknown>>`select * from letters`,
    sql<Record<string, unknown>>`select * from replies`,
  ];
  const rows = await Promise.all(tables.map(async (query) => (await query.execute(database)).rows));
  const values = rows.flat().flatMap((row) => Object.values<unknown>(row));
  return values
    .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString() : value))
    .join('\n');
}
