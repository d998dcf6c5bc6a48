import test from 'ava';
import {preferredWait} from '#kit';

test('who prefers to wait says for how many seconds, among other preferences, and 60 is the most', (t) => {
  t.is(preferredWait('wait=10'), 10);
  t.is(preferredWait('respond-async, Wait = 5'), 5);
  t.is(preferredWait(['respond-async', 'wait=7']), 7);
  t.is(preferredWait('wait=9999'), 60);
});

test('who says nothing of it, or no whole number, does not wait', (t) => {
  for (const prefer of [undefined, '', 'await=10', 'wait=soon', 'return=minimal'])
    t.is(preferredWait(prefer), undefined);
});
