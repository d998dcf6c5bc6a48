/** What to do about a Subscription that a channel has kept, as the doctor says it. */
import test from 'ava';
import {subscribers} from '../../../services/cli/doctor/checks/subscribers.ts';
import {kinds} from '../../../services/cli/doctor/snapshot.ts';
import {healthy} from './healthy.ts';

test('what a channel has kept is taken out from the last to the first, each by its own uid', (t) => {
  const snapshot = healthy();

  const found = subscribers.examine({
    ...snapshot,
    deployed: new Map([...snapshot.deployed, [kinds.subscription, {value: []}]]),
  });

  const operations = [
    {op: 'test', path: '/spec/subscribers/1/uid', value: 'second'},
    {op: 'remove', path: '/spec/subscribers/1'},
    {op: 'test', path: '/spec/subscribers/0/uid', value: 'first'},
    {op: 'remove', path: '/spec/subscribers/0'},
  ];
  t.is(
    found[0]?.next,
    `kubectl --as system:serviceaccount:knative-eventing:eventing-controller -n dip patch kafkachannel default-kne-trigger --type json -p '${JSON.stringify(operations)}'`,
  );
  t.is(found.length, 1);
});
