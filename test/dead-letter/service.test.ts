/** What is kept of events that nobody could take, on every kind of database. */
import test from 'ava';
import {documentReceived, letterShown, lettersShown} from '#events';
import type {CloudEvent} from '#kit';
import {toEvent} from '#kit/wire';
import deadLetter from '../../services/dead-letter/service.ts';
import {deliver, sameBytes, serving} from '../kit/serving.ts';
import {shown} from '../kit/shown.ts';
import {databases} from '../state/databases.ts';

const documentId = documentReceived.example.documentId;

for (const {name, empty} of databases()) {
  test(`${name}: an event that was given up is kept with its cause, once for each trigger`, async (t) => {
    const {url, ask} = await serving(t, deadLetter, await empty(t));

    const first = await deliver(url, givenUpBy('routing'));
    const again = await deliver(url, givenUpBy('routing'));
    await deliver(url, givenUpBy('archive'));
    const {letters} = shown(t, lettersShown, await ask(`/letters?document=${documentId}`));

    t.is(first.status, 200);
    t.is(sameBytes(again), sameBytes(first));
    t.deepEqual(letters.map(({trigger}) => trigger).toSorted(), ['archive', 'routing']);
    t.like(letters[0], {code: 503, message: 'The database is away.', event: {id: '1'}});
    const whole = shown(t, letterShown, await ask(`/letters/${letters[0]?.letterId}`));
    t.like(whole, {event: {id: '1'}, whole: {id: '1', data: documentReceived.example}});
  });
}

function givenUpBy(trigger: string): CloudEvent {
  const draft = {contract: documentReceived, data: documentReceived.example};
  const event = toEvent(draft, {service: 'test', id: '1', time: new Date('2026-01-31T09:00:00Z')});
  const said = Buffer.from('{"error":"The database is away."}');
  const extensions = {
    knativeerrordest: `http://broker-filter/triggers/dip/${trigger}/uid`,
    knativeerrorcode: '503',
    knativeerrordata: said.toString('base64'),
  };
  return {...event, attributes: {...event.attributes, ...extensions}};
}
