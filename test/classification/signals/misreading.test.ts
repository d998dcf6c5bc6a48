/** A phrase that means something else than its writer is likely to have thought. */
import test from 'ava';
import {misreadingOf} from '../../../services/classification/signals/misreading.ts';

test('what was meant as two words or one is told from what is read', (t) => {
  t.is(
    misreadingOf('there is no one|nobody left'),
    '`no one|nobody` is read as `no` and then `one` or `nobody`, as a blank ends what `|` divides; where that is not meant, make it several phrases.',
  );
  t.regex(
    misreadingOf('anymore|any more pain') ?? '',
    /^`anymore\|any more` is read as `anymore` or `any`, and then `more`, /,
  );
  for (const phrase of [
    'nobody|no one cares',
    'can not|cannot go on',
    'I can’t|can not go on',
    'do not|don’t want',
    'will not|wont wake',
    'is not|isnt worth it',
    'i am|im done',
    'take his|take her life',
    'kill myself|kill himself',
  ])
    t.not(misreadingOf(phrase), undefined, phrase);
});

test('words beside each other that say nothing in one are left alone', (t) => {
  for (const phrase of [
    'passed away',
    'kill|killing myself|himself',
    'abusive husband|partner',
    'dont|do not? want to live',
    'not be? here|alive',
    'edge of ... platform|bridge|roof',
    'no money|food',
    'suicid*|selbstmord*',
    'take my|his|her|their own? life|lives',
  ])
    t.is(misreadingOf(phrase), undefined, phrase);
});
