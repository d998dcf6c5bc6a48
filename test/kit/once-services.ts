import {migrations, service} from '#kit';
import {letterAnswered, letterCopied, letterWritten} from './letters.ts';

export function answering(model: {word: string}, name = 'answering') {
  let count = 0;
  return service({
    name,
    receives: letterWritten,
    replies: [letterAnswered],
    async handle({data}) {
      count += 1;
      return letterAnswered({documentId: data.documentId, answer: `${model.word} ${count}`});
    },
  });
}

export function copying(model: {word: string; isBroken: boolean}) {
  return service({
    name: 'copying',
    receives: letterWritten,
    replies: [letterAnswered],
    publishes: [letterCopied],
    async handle({data: {documentId}}, {publish}) {
      for (const copy of [1, 2]) await publish(letterCopied({documentId, copy, model: model.word}), copy);
      if (model.isBroken) throw new Error('Out of paper.');
      return letterAnswered({documentId, answer: model.word});
    },
  });
}

/** Answers each letter with how many it has counted: one more for every one, whatever comes at the same time. */
export const counting = service({
  name: 'counting',
  receives: letterWritten,
  replies: [letterAnswered],
  tables: migrations<{counted: {number: number}}>({
    '1-counted': async (database) => {
      await database.schema
        .createTable('counted')
        .addColumn('number', 'integer', (column) => column.primaryKey())
        .execute();
    },
  }),
  async handle({data: {documentId}}) {
    return async (transaction) => {
      const all = await transaction.selectFrom('counted').select('number').execute();
      await transaction
        .insertInto('counted')
        .values({number: all.length + 1})
        .execute();
      return letterAnswered({documentId, answer: String(all.length + 1)});
    };
  },
});

/** Would decide in a transaction, and has none. */
export const hasty = service({
  name: 'hasty',
  receives: letterWritten,
  replies: [letterAnswered],
  once: 'pure',
  async handle({data: {documentId}}) {
    return async () => letterAnswered({documentId, answer: 'yes'});
  },
});
