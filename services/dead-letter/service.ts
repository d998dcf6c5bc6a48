/** an event nobody could take → deadletter.kept · GET /letters, /letters/:id */
import {asAttribute, deadletterKept, letterShown, lettersShown} from '#events';
import {anything, attribute, door, encodeStructured, identity, service} from '#kit';
import {causeOf} from './cause.ts';
import {showLetter, showLetters} from './doors.ts';
import {lettersKept} from './gauges.ts';
import {documentIdOf} from './references.ts';
import {letterTables} from './tables.ts';

export default service({
  name: 'dead-letter',
  receives: anything,
  replies: [deadletterKept],
  tables: letterTables,
  gauges: [lettersKept],
  // Two triggers may give up one event: that is two letters.
  part: (event) => attribute(event, 'knativeerrordest') ?? '',
  async handle(event, {keep, change, replyId}) {
    const {source, id, type} = identity(event);
    const {trigger, service: refusing, code, destination, message} = causeOf(event);
    const documentId = documentIdOf(event);
    const letter = {
      letter_id: replyId(deadletterKept),
      document_id: documentId,
      source,
      id,
      type,
      trigger_name: trigger,
      code,
      destination,
      message,
    };
    change(async (transaction) => {
      const kept = {...letter, event: encodeStructured(event).body, kept_at: new Date().toISOString()};
      await transaction
        .insertInto('letters')
        .values(kept)
        .onConflict((conflict) => conflict.column('letter_id').doNothing())
        .execute();
    });
    const cause =
      documentId === null ? null : await keep(deadletterKept, documentId, 'cause', {destination, message});
    const reference = {type: asAttribute(type), source: asAttribute(source), id: asAttribute(id)};
    return deadletterKept({
      documentId,
      event: reference,
      trigger,
      service: refusing,
      code,
      attempts: null,
      cause,
    });
  },
  routes: {
    'GET /letters': door({role: 'operate', answers: lettersShown, handle: showLetters}),
    'GET /letters/:id': door({role: 'operate', answers: letterShown, handle: showLetter}),
  },
});
