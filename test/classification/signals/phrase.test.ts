import test from 'ava';
import {endOf, readPhrase} from '../../../services/classification/signals/phrase.ts';
import {wordsOf} from '../../../services/classification/signals/words.ts';

/** The words that a phrase is found by in a text, or undefined. */
function said(phrase: string, text: string): string | undefined {
  const words = wordsOf(text);
  const read = readPhrase(phrase);
  for (const [begin, {from}] of words.entries()) {
    const end = endOf(read, words, begin);
    if (end !== undefined) return text.slice(from, words[end - 1]?.to);
  }
  return undefined;
}

test('a phrase is found whatever the case, the accents and the apostrophes', (t) => {
  t.is(said("can't go on", 'I CAN’T go on.'), 'CAN’T go on');
  t.is(said('mas vivir', 'No quiero más vivir'), 'más vivir');
  t.is(said('strasse', 'auf der Straße'), 'Straße');
});

test('one of several words will do, and a beginning with any ending', (t) => {
  t.is(said('evict|evicting us', 'They are evicting us'), 'evicting us');
  t.is(said('suicid*', 'suicidal'), 'suicidal');
  t.is(said('suicid*', 'homicidal'), undefined);
  t.is(said('we', 'went'), undefined);
});

test('a word with a question mark may be left out, at the beginning as well', (t) => {
  t.is(said('end my? life', 'to end life'), 'end life');
  t.is(said('my? own life', 'his own life'), 'own life');
});

test('dots stand for up to five words of the same sentence', (t) => {
  t.is(said('husband ... died', 'my husband of twenty years died'), 'husband of twenty years died');
  t.is(
    said('husband ... died', 'my husband who was never once ill died'),
    'husband who was never once ill died',
  );
  t.is(said('husband ... died', 'my husband who was never once really ill died'), undefined);
  t.is(said('husband ... died', 'Ask my husband. The phone died.'), undefined);
  t.is(said('husband ... died', 'my husband\n\ndied'), undefined);
});

test('what is no phrase is refused by a sentence that names it', (t) => {
  for (const [phrase, message] of [
    ['', /^Expected a phrase of 1 to 16 words, got ``\.$/],
    ['... died', /^Expected a phrase that begins and ends with a word, got `\.\.\. died`\.$/],
    ['maybe? ...', /begins and ends with a word/],
    ['a ... b ... c ... d ... e', /^Expected at most 3 times `\.\.\.`/],
    ['ab*', /behind at least 3 letters .*, got `ab\*` in `ab\*`\.$/],
    ['e*vict', /got `e\*vict`/],
    ['one||two', /got `one\|\|two`/],
  ] as const)
    t.throws(() => readPhrase(phrase), {message}, phrase);
});
