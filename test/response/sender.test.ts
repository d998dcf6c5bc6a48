import test from 'ava';
import {findSender} from '../../services/response/sender.ts';

const nameIn = (text: string) => findSender({sender: null, text})?.name;
const nameOf = (name: string) => findSender({sender: {name, address: null}, text: ''})?.name;

test('the name in a mail is the sender, whatever the letter says', (t) => {
  t.deepEqual(
    findSender({sender: {name: 'Anna Example', address: 'a@example.org'}, text: 'Sincerely,\nBob Other'}),
    {name: 'Anna Example', from: null, to: null},
  );
});

test('a name in a mail is put in the order it is spoken in', (t) => {
  t.is(nameOf('"Example, Anna B."'), 'Anna B. Example');
});

test('names of all kinds are names', (t) => {
  for (const name of [
    'Anna',
    'Anna B. Example',
    "Seán O'Brien-Ó Sé",
    'Ludwig van der Berg',
    '山田 太郎',
    'ANNA EXAMPLE',
  ])
    t.is(nameOf(name), name);
});

test('what is no name is not taken for one', (t) => {
  for (const name of [
    ...['', 'anna@example.org', 'Visit evil.example', 'No-Reply', 'XXXX XXXX', 'Anna {{ 7 }}', '<b>Anna</b>'],
    ...[
      'Agent 47',
      'One Two Three Four Five Six',
      'A'.repeat(80),
      'https://evil.example',
      'Anna\u202eExample',
    ],
  ])
    t.is(nameOf(name), undefined, name);
});

test('a letter without a sender is signed', (t) => {
  const text = 'I want my money back.\n\nYours sincerely,\n\n  Anna B. Example\nMain Street 1';

  const sender = findSender({sender: {name: null, address: 'a@example.org'}, text});

  t.is(sender?.name, 'Anna B. Example');
  t.is(text.slice(sender?.from ?? 0, sender?.to ?? 0), 'Anna B. Example');
});

test('the last signature counts', (t) => {
  t.is(nameIn('You wrote:\nKind regards,\nBob Other\n\nNo!\nRegards\nAnna Example'), 'Anna Example');
});

test('a signature at the end of a long text is found where it stands', (t) => {
  const text = `${'No name here. '.repeat(20_000)}\nThank you,\nAnna Example\n`;

  const sender = findSender({sender: null, text});

  t.is(text.slice(sender?.from ?? 0, sender?.to ?? 0), 'Anna Example');
});

test("a signature far above the end of a text is somebody else's", (t) => {
  t.is(nameIn(`Regards,\nBob Other\n${'And so on. '.repeat(300)}`), undefined);
});

test('a sentence after a closing formula is no signature', (t) => {
  for (const text of [
    'Thank you\nfor your help with this',
    'Sincerely,\n555-010-9999',
    'Regards,\nXXXX XXXX',
    'Thanks,\nA',
    'I sincerely, Bob Other, protest',
  ])
    t.is(nameIn(text), undefined, text);
});

test('somebody who says their name is believed', (t) => {
  const text = 'Hello, my name is Anna Example and I have a mortgage.';

  const sender = findSender({sender: null, text});

  t.is(sender?.name, 'Anna Example');
  t.is(text.slice(sender?.from ?? 0, sender?.to ?? 0), 'Anna Example');
  t.is(nameIn('my name is not on the report'), undefined);
  t.is(nameIn('My name is XXXX XXXX'), undefined);
});

test('no text of two megabytes takes more than a moment', (t) => {
  for (const unit of [
    '\nSincerely',
    '\nRegards\n',
    'Sincerely, ',
    ' ',
    '\n',
    'my name is Aa ',
    'My name is ',
    'xx ',
    'Aa ',
  ]) {
    const text = unit.repeat(2_000_000 / unit.length);
    const start = process.cpuUsage();
    findSender({sender: {name: text, address: text}, text});
    findSender({sender: null, text});
    const {user} = process.cpuUsage(start);
    t.true(user < 2_000_000, `${JSON.stringify(unit)} took ${user} µs`);
  }
});
