import test from 'ava';
import {findSender} from '../../services/response/sender.ts';
import {known} from './senders/known.ts';
import {unseen} from './senders/unseen.ts';
import type {WrittenSender} from './senders/written-sender.ts';

const nameIn = (text: string) => findSender({sender: null, text})?.name;

const greetedBy = ({name, address, text = 'Please help me with my account.'}: WrittenSender) =>
  findSender({sender: {name: name ?? null, address: address ?? null}, text})?.name;

for (const sender of known)
  test(`greeted by ${sender.greeted ?? 'no name'}: ${JSON.stringify([sender.name, sender.text])}`, (t) => {
    t.is(greetedBy(sender), sender.greeted);
  });

test('of senders that no rule was made with, nine in ten are greeted right and none wrong', (t) => {
  const greetings = unseen.map((sender) => ({greeted: greetedBy(sender), sender}));
  const right = greetings.filter(({greeted, sender}) => greeted === sender.greeted);
  const wrong = greetings.filter(({greeted, sender}) => greeted !== undefined && greeted !== sender.greeted);

  t.log(`${right.length} of ${unseen.length} right, ${wrong.length} wrong`);
  t.deepEqual(wrong, []);
  t.true(right.length >= 0.9 * unseen.length);
});

test('a name in a mail has no place in the text', (t) => {
  t.deepEqual(
    findSender({sender: {name: 'Anna Example', address: 'a@example.org'}, text: 'Regards,\nAnna'}),
    {
      name: 'Anna Example',
      from: null,
      to: null,
    },
  );
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
