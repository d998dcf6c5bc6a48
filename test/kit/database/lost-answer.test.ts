/** A connection that breaks when the server has committed, and before anybody here could know. */
import {connect, createServer} from 'node:net';
import test, {type ExecutionContext} from 'ava';
import {migrations, service} from '#kit';
import {postgres, withPostgres} from '../../state/databases.ts';
import {letterAnswered, letterWritten} from '../letters.ts';
import {deliver, letter, sameBytes, serving} from '../serving.ts';

interface Tables {
  read: {answer: string};
}

if (withPostgres()) {
  test('an event whose commit is not heard of is put off, and is handled once all the same', async (t) => {
    const server = await postgres();
    const databaseUrl = await server.newDatabase();
    const line = await lineTo(t, databaseUrl);
    const {url} = await serving(t, counting(), {databaseUrl: line.url});

    line.breakAtCommit();
    const first = await deliver(url, letter('1'));
    const kept = await server.query('select answer from counting.read', databaseUrl);
    const [second, third] = [await deliver(url, letter('1')), await deliver(url, letter('1'))];

    t.is(first.status, 503);
    t.deepEqual(kept, [{answer: 'the first'}]);
    t.is(second.status, 200);
    t.is(JSON.parse(second.body.toString()).answer, 'the first');
    t.is(sameBytes(third), sameBytes(second));
    t.deepEqual(await server.query('select answer from counting.read', databaseUrl), kept);
  });
}

/** A service that says another thing each time it is asked. */
function counting() {
  const answers = ['the first', 'the second', 'the third'];
  return service({
    name: 'counting',
    receives: letterWritten,
    replies: [letterAnswered],
    tables: migrations<Tables>({
      '1-read': async (database) => {
        await database.schema.createTable('read').addColumn('answer', 'text').execute();
      },
    }),
    async handle({data: {documentId}}, {change}) {
      const answer = answers.shift() ?? 'one more';
      change(async (transaction) => {
        await transaction.insertInto('read').values({answer}).execute();
      });
      return letterAnswered({documentId, answer});
    },
  });
}

/** A way to a database that can break: with the next commit of something written, whose answer gets lost. */
async function lineTo(t: ExecutionContext, databaseUrl: string) {
  const there = new URL(databaseUrl);
  let isBreaking = false;
  const line = createServer((near) => {
    const far = connect(Number(there.port), there.hostname);
    let isLost = false;
    let isChanging = false;
    near.on('data', (asked: Buffer) => {
      if (asked.includes('insert into')) isChanging = true;
      // The whole of a simple query ends with a zero (PostgreSQL 18, 54.7).
      if (asked.includes('commit\0')) {
        isLost = isBreaking && isChanging;
        isChanging = false;
      }
      far.write(asked);
    });
    far.on('data', (said: Buffer) => {
      if (!isLost) return near.write(said);
      isBreaking = false;
      return near.destroy();
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const)
      one.on('error', () => {}).on('close', () => other.destroy());
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  t.teardown(() => line.close());
  const address = line.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    url: Object.assign(new URL(databaseUrl), {port: String(port)}).href,
    breakAtCommit: () => {
      isBreaking = true;
    },
  };
}
