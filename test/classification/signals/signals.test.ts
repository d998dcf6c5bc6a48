import {readFileSync} from 'node:fs';
import test from 'ava';
import {signals} from '#events';
import {signalFinder} from '../../../services/classification/signals/find-signals.ts';
import {checkSignals, readSignals} from '../../../services/classification/signals/read-signals.ts';

const shipped = new URL('../../../services/classification/signals/signals.yaml', import.meta.url);
const file = (yaml: string) => signalFinder(readSignals(yaml, 'signals.yaml'));

test('the file that ships is sound, and has every signal', (t) => {
  const {signals: found, faults, warnings} = checkSignals(readFileSync(shipped, 'utf8'), 'signals.yaml');

  t.deepEqual([faults, warnings], [[], []]);
  t.deepEqual(
    found.map(({name}) => name).toSorted(),
    Object.keys(signals)
      .filter((name) => name !== 'concern')
      .toSorted(),
    'a concern has no phrases: it is learned',
  );
});

test('each signal is found once, with the first words that say so, on one line', (t) => {
  const find = file('death:\n  phrases: [passed away, widow]\nillness:\n  phrases: [cancer]\n');

  t.deepEqual(find('Since he passed\naway I am a widow. It was cancer.'), [
    {signal: 'death', words: 'passed away'},
    {signal: 'illness', words: 'cancer'},
  ]);
  t.deepEqual(find('My card was charged twice.'), []);
});

test('what only sounds like it does not count, and what is said beside it does', (t) => {
  const find = file('death:\n  phrases: [died]\n  unless: [phone died, died laughing]\n');

  t.deepEqual(find('My phone died, and I died laughing.'), []);
  t.deepEqual(find('My phone died. My father died.'), [{signal: 'death', words: 'died'}]);
});

test('a phrase is found wherever its rarest word stands in it, and as often as it is said', (t) => {
  const find = file(
    'death:\n  phrases: [my? husband ... has passed|gone away, i ... i ... widow*]\n  unless: [husband of the shop]\n',
  );

  for (const [text, words] of [
    ['Husband has passed away.', 'Husband has passed away'],
    ['my husband of many good years has gone away', 'my husband of many good years has gone away'],
    ['I say I am a widower', 'I say I am a widower'],
    ['passed. husband has passed away passed away', 'husband has passed away'],
    ['The husband of the shop has passed away. My husband has passed away.', 'My husband has passed away'],
  ] as const)
    t.deepEqual(find(text), [{signal: 'death', words}], text);
  t.deepEqual(find('husband has passed. Away'), []);
});

test('a mistake is named with file, line and reason', (t) => {
  const faultsOf = (yaml: string) => checkSignals(yaml, 'signals.yaml').faults;

  t.deepEqual(faultsOf('death:\n  phrases: [x*]\ndeth:\n  phrases: [died]\nillness: {}\n'), [
    'signals.yaml:2: Expected words, with `*` behind at least 3 letters and `?` at the end, got `x*` in `x*`.',
    'signals.yaml:3: Expected a signal of self-harm, violence, threat, minor, homelessness, eviction, death, illness, regulator, lawyer, deadline, concern, got `deth`.',
    'signals.yaml:5: Expected `illness` to have a list of phrases.',
  ]);
  t.regex(faultsOf('- death\n').join(), /^signals\.yaml:1: Expected signals by name/);
  t.regex(
    faultsOf('death:\n  phrases: [died]\n  except: [x]\n').join(),
    /^signals\.yaml:3: Expected only phrases and unless, got `except`\.$/,
  );
  t.regex(faultsOf('death: [').join(), /^signals\.yaml:\d/);
});

test('what is said of things, games and reports is no danger to anybody', (t) => {
  const find = file(readFileSync(shipped, 'utf8'));

  for (const text of [
    'The laptop you sold me was dead after two weeks.',
    'Experian reports me as deceased, and I am very much alive.',
    'I almost died of embarrassment at your counter.',
    'There are two evictions on my credit report that belong to my cousin.',
    'My account is with Huntington Bank in Ohio.',
    'The hospital billed me twice; the hospital bill is in collections.',
    'It felt like a gun to my head when you changed the rate.',
    'We run a funeral home and would like a card terminal.',
    "I don't want to live without my coffee machine.",
    'There is no way out of your car park with a trailer.',
    'I paid the balance under duress, and it is still on my report.',
    'He hit my parked car with the trolley.',
    'I burn the CDs myself. Do you sell the sleeves?',
    'My daughter has a minor in music.',
    'My laptop passed away in the middle of the form.',
    'They are a cancer to our society.',
    'Der Räumungsverkauf war toll, aber der Mantel hat ein Loch.',
    'You are hereby directed to cease all calls.',
  ])
    t.deepEqual(find(text), [], text);
  for (const text of [
    'My husband, whose phone is dead, passed away on Sunday.',
    'The bank reports me late because my wife died of cancer.',
    'I want to go to sleep and never wake up.',
    'He held a gun to my head.',
    'I see no way out of this.',
    "I don't want to live without my wife.",
    'I stood on the platform and let four trains go by.',
    'She made me sign it under duress.',
  ])
    t.true(find(text).length > 0, text);
});

test('a person in danger is heard through an ordinary complaint', (t) => {
  const find = file(readFileSync(shipped, 'utf8'));
  const namesIn = (text: string) => find(text).map(({signal}) => signal);

  t.deepEqual(namesIn('You charged me $29 twice. I can’t go on like this, and want it all to end.'), [
    'self-harm',
  ]);
  t.deepEqual(namesIn('I’m a minor, and my home isn’t safe.'), ['violence', 'minor']);
  t.deepEqual(namesIn('I live with PTSD.'), ['illness']);
  t.deepEqual(namesIn('No quiero vivir más.'), ['self-harm']);
  t.deepEqual(namesIn('Wir haben eine Räumungsklage bekommen.'), ['eviction']);
  t.deepEqual(namesIn('Mon mari est décédé en mars.'), ['death']);
  t.deepEqual(namesIn('This fee is killing me, and my phone died while I was on hold.'), []);
  t.deepEqual(
    namesIn('I will report you to the Attorney General and my lawyer. There is a minor error on my bill.'),
    [],
  );
});
