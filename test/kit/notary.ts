/** A service with doors at which people decide something, and with nothing else. */
import {randomUUID} from 'node:crypto';
import {sql} from 'kysely';
import {type DoorContext, door, migrations, service} from '#kit';
import {anyAnswer as answers, letterCopied, letterWritten} from './letters.ts';

export interface NotaryTables {
  decisions: {name: string; word: string};
}

type Context = DoorContext<NotaryTables, typeof letterCopied>;

/** What the notary keeps, or would. */
export const notaryTables = migrations<NotaryTables>({
  '1-decisions': async (database) => {
    await sql`create table decisions (name text not null, word text not null)`.execute(database);
  },
});

export const notary = service({
  name: 'notary',
  receives: letterWritten,
  publishes: [letterCopied],
  once: 'pure',
  tables: notaryTables,
  handle: async () => undefined,
  routes: {
    'POST /decisions/:name': door({
      role: 'submit',
      answers,
      async handle(request, {say}: Context) {
        const {name = ''} = request.params;
        // A word that no other process and no second time has.
        const word = randomUUID();
        const {event, isRepeat} = await say(letterCopied({documentId: name, copy: 1, model: word}), {
          key: name,
          async change(transaction) {
            await transaction.insertInto('decisions').values({name, word}).execute();
            if (request.get('Breaks') !== '') throw new Error('The pen broke.');
          },
        });
        request.status = 202;
        return {event: event.attributes['id'], word: JSON.parse(String(event.data)).model, isRepeat};
      },
    }),
    'POST /whims/:name': door({
      role: 'submit',
      answers,
      async handle(request, {say}: Context) {
        const {name = ''} = request.params;
        await say(letterCopied({documentId: name, copy: 1, model: ''}), {key: name, whileAway: 'not said'});
        request.status = 202;
      },
    }),
    'GET /decisions': door({
      role: 'submit',
      answers,
      handle: async (_request, {database}: Context) =>
        database.selectFrom('decisions').selectAll().orderBy('name').execute(),
    }),
    'GET /untold': door({
      role: 'submit',
      answers,
      handle: async (_request, {database}: Context) =>
        (await sql`select key from said where confirmed_at is null order by key`.execute(database)).rows,
    }),
  },
});
