/** an event nobody could take → deadletter.kept · GET /letters, /letters/:id */
import {deadletterKept, letterShown, lettersShown} from '#events';
import {anything, attribute, door, service} from '#kit';
import {causeOf} from './cause.ts';
import {showLetter, showLetters} from './doors.ts';
import {lettersKept} from './gauges.ts';
import {bytesOf, documentIdOf, referenceTo} from './letter.ts';
import {moveWords} from './move-words.ts';
import {letterTables} from './tables.ts';

export default service({
  name: 'dead-letter',
  receives: anything,
  replies: [deadletterKept],
  tables: letterTables,
  gauges: [lettersKept],
  upkeep: {
    failed: 'Words about dead letters are not moved out of the table',
    run: (state, signal) => moveWords(state, {signal}),
  },
  // Two triggers may give up one event: that is two letters.
  occurrence: (event) => attribute(event, 'knativeerrordest') ?? '',
  async handle(event, {keep, change, replyId}) {
    const {trigger, service: refusing, code, ...words} = causeOf(event);
    const documentId = documentIdOf(event);
    const reference = referenceTo(event);
    const cause = await keep(deadletterKept, documentId, 'cause', words);
    const content = await keep(deadletterKept, documentId, 'event', bytesOf(event));
    const letter = {
      letter_id: replyId(deadletterKept),
      document_id: documentId,
      ...reference,
      trigger_name: trigger,
      code,
      destination: null,
      message: null,
      event: new Uint8Array(),
      cause,
      content,
    };
    change(async (transaction) => {
      await transaction
        .insertInto('letters')
        .values({...letter, kept_at: new Date().toISOString()})
        .onConflict((conflict) => conflict.column('letter_id').doNothing())
        .execute();
    });
    return deadletterKept({
      documentId,
      event: reference,
      trigger,
      service: refusing,
      code,
      attempts: null,
      cause: documentId === null ? null : cause,
    });
  },
  routes: {
    'GET /letters': door({role: 'operate', answers: lettersShown, handle: showLetters}),
    'GET /letters/:id': door({role: 'operate', answers: letterShown, handle: showLetter}),
  },
});
