import test from 'ava';
import {manifestsOf, triggerOf, typesOf} from '../manifests-of.ts';
import {runBroker} from '../running-broker.ts';

test('who posts an event hears, if they ask, which triggers get it for its type', async (t) => {
  const {url} = await runBroker(
    t,
    manifestsOf({
      triggers: [
        triggerOf('all', 'http://127.0.0.1:9'),
        triggerOf('happened', 'http://127.0.0.1:9', {filter: typesOf('com.example.happened')}),
        triggerOf('other', 'http://127.0.0.1:9', {filter: typesOf('com.example.other')}),
      ],
    }),
  );
  const post = async (type: string, headers = {}) => {
    const event = {'ce-specversion': '1.0', 'ce-id': type, 'ce-source': '/x', 'ce-type': type};
    const answer = await fetch(`${url}/dip/default`, {method: 'POST', headers: {...event, ...headers}});
    return [answer.status, answer.headers.get('hearers'), answer.headers.get('preference-applied')];
  };
  const asking = {prefer: 'hearers'};

  t.deepEqual(await post('com.example.happened', asking), [202, 'dip/happened', 'hearers']);
  t.deepEqual(await post('com.example.unheard', asking), [202, '', 'hearers']);
  t.deepEqual(await post('com.example.happened'), [202, null, null]);
});
