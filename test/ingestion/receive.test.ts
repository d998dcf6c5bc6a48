import test from 'ava';
import {receipt} from '#events';
import {openIngestion} from '../../services/ingestion/open-ingestion.ts';
import service from '../../services/ingestion/service.ts';
import {broker, serving} from '../kit/serving.ts';
import {shown} from '../kit/shown.ts';

test('one Idempotency-Key of two people is two documents, and of one person one', async (t) => {
  const {url: sink, taken} = await broker(t);
  const {ask} = await serving(t, service, {sink});
  const upload = async (person: string, body: string) => {
    const headers = {'content-type': 'text/plain', 'idempotency-key': '1'};
    const answer = await ask('/documents', {method: 'POST', headers, body}, {name: person, role: 'submit'});
    const documentId = answer.status === 202 ? shown(t, receipt, answer).documentId : undefined;
    return {
      status: answer.status,
      documentId,
      isRepeat: answer.headers.get('idempotent-replayed') === 'true',
    };
  };

  const ann = await upload('ann', 'The letter of Ann.');
  const bob = await upload('bob', 'The letter of Bob.');
  const again = await upload('ann', 'The letter of Ann.');
  const other = await upload('ann', 'Another letter of Ann.');

  t.deepEqual([ann.status, bob.status, again.status, other.status], [202, 202, 202, 422]);
  t.not(ann.documentId, bob.documentId);
  t.is(again.documentId, ann.documentId);
  t.deepEqual([ann.isRepeat, bob.isRepeat, again.isRepeat], [false, false, true]);
  t.is(new Set(taken.map(({attributes}) => attributes['id'])).size, 2);
});

test('who has five hundred documents waiting is asked to come later, and others are not', async (t) => {
  const {url: sink, taken} = await broker(t);
  const crowded = {
    ...service,
    start: async (state: Parameters<typeof openIngestion>[0]) => {
      const started = await openIngestion(state);
      for (let n = 0; n < 501; n++) {
        const asking = {key: String(n), sender: 'mallory', root: String(n)};
        void started.turns.take(asking, () => new Promise(() => {})).catch(() => {});
      }
      return started;
    },
  };
  const {ask} = await serving(t, crowded, {sink});
  const upload = (name: string) =>
    ask(
      '/documents',
      {method: 'POST', headers: {'content-type': 'text/plain'}, body: 'A letter.'},
      {name, role: 'submit'},
    );

  const refused = await upload('mallory');

  t.is(refused.status, 429);
  t.is(refused.headers.get('retry-after'), '10');
  t.regex(
    refused.body.toString(),
    /500 documents of mallory wait to be read: send this one again when fewer do\./,
  );
  t.is((await upload('ann')).status, 202);
  t.is(taken.length, 1);
});
