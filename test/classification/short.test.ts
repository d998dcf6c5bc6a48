/** Letters of one sentence, and short texts about something else: no model learned from any of them. */
import test from 'ava';
import {ofCategories} from '../../services/classification/chosen-model.ts';
import {classify} from '../../services/classification/classify.ts';
import {readModel} from '../../services/classification/model.ts';
import {shortLetters} from '../training/short-letters.ts';

const model = await readModel(ofCategories.shipped);

const complaints: Readonly<Record<string, readonly string[]>> = {
  credit_card: [
    'My credit card was charged twice for one hotel room and the bank refuses to refund it.',
    'The card company closed my credit card without telling me and kept my reward points.',
    'I paid my credit card on time and was still charged a late fee and interest.',
    'Someone used my credit card in another state and the bank says that I have to pay for it.',
  ],
  credit_reporting: [
    'Equifax shows a bankruptcy on my credit report that is not mine.',
    'There is a late payment on my credit report although I was never late.',
    'I asked Experian three times to remove a wrong address and they do nothing.',
    'My score fell by ninety points because of an inquiry that I did not authorize.',
  ],
  debt_collection: [
    'A debt collector phones my mother about a bill that I never owed.',
    'A collection agency wants four hundred dollars for a hospital visit that my insurance paid.',
    "They call me ten times a day about somebody else's debt and won't stop.",
    'I was sued for a debt that is eleven years old and that I do not recognize.',
  ],
  mortgage: [
    'The mortgage company lost my payment and now charges me a late fee.',
    'My servicer raised the escrow by three hundred dollars a month and cannot explain why.',
    'We asked for a loan modification and they started foreclosure instead.',
    'Our lender has not paid the property taxes on our house although we pay into escrow.',
  ],
  student_loan: [
    'Navient did not count my payments toward loan forgiveness.',
    'My student loan payment doubled and the servicer will not answer my letters.',
  ],
  bank_account: [
    'The bank froze my checking account and I cannot pay my rent.',
    'The bank charged me five overdraft fees in one day.',
    'A stranger emptied my savings account and the bank refuses to give the money back.',
  ],
  money_transfer: [
    'I sent money to my sister through Western Union and it never arrived.',
    'I sent three hundred dollars by Zelle to the wrong person and nobody helps me.',
  ],
  consumer_loan: [
    "The dealer's finance company took my car although I had made every payment.",
    'My car loan is paid off and they still do not send me the title.',
    'My payday loan has been paid back twice over and they keep taking money from my account.',
  ],
};

const foreign = [
  'Could you send two boxes of the blue tiles to our shop by Friday?',
  'The train to Leeds leaves at ten past nine from platform four.',
  'Thank you for the lovely dinner, the children still talk about the cake.',
  "Please find attached the minutes of yesterday's meeting.",
  'My washing machine leaks and the shop refuses to repair it.',
  'The hotel charged me for a breakfast that I did not eat.',
  'How do I change the delivery address of my order?',
  'The library will be closed on Monday because of the holiday.',
  'I would like to apply for the post of gardener that you advertised.',
  'Your parcel could not be delivered because nobody was at home.',
  "The neighbours' dog barks all night and nobody does anything about it.",
  'My phone contract was extended without my consent, please cancel it.',
  'Our flight was cancelled and the airline offers only a voucher.',
  'The council has not emptied our bins for three weeks.',
  'Where can I find the opening hours of your branch in Bristol?',
  'Congratulations, you have won a prize! Click here to claim it today.',
  'Refinance now at 3.1 percent and save hundreds each month, no fees.',
  'Your statement for October is ready to view in online banking.',
  'How do I activate my new card?',
  'What exchange rate do you use for payments abroad?',
  'Add the sugar slowly and beat until the eggs are stiff.',
  'The function returns null when the list is empty.',
  'He crossed the bridge at dusk and never looked back at the town.',
  'Our gym raised its fee without notice and I want to leave.',
  'Invoice 88 for garden work, forty euros an hour, due in two weeks.',
  'Can I have two cards for one account?',
  'The lecture on the history of banks starts at six in room twelve.',
];

test('of complaints in one sentence most get a category, and nearly always the right one', (t) => {
  const said = Object.entries(complaints).flatMap(([category, texts]) =>
    texts.map((text) => ({category, text, said: classify(model, text)})),
  );

  const unclassified = said.filter((one) => one.said.category === null);
  const wrong = said.filter((one) => one.said.category !== null && one.said.category !== one.category);
  for (const {
    text,
    said: {confidence},
  } of unclassified)
    t.log(`none, ${confidence}: ${text}`);
  for (const {
    text,
    said: {category},
  } of wrong)
    t.log(`${category}: ${text}`);
  t.is(said.length, 26);
  t.true(unclassified.length <= 2);
  t.true(wrong.length <= 3);
});

test('a card that was charged twice is a letter, although chats are asked about such charges too', (t) => {
  const [charged = ''] = complaints['credit_card'] ?? [];

  t.is(classify(model, charged).category, 'credit_card');
});

test('of short texts about something else next to none gets a category', (t) => {
  const got = foreign.filter((text) => classify(model, text).category !== null);

  t.log(...got);
  t.is(foreign.length, 27);
  t.true(got.length <= 1);
});

test('of complaints of three sentences at most, by thirteen writers, three in four get the right category', async (t) => {
  const said = (await shortLetters()).map(({category, text}) => ({
    category,
    given: classify(model, text).category,
  }));
  const complaints = said.filter(({category}) => category !== null);
  const others = said.filter(({category}) => category === null);

  const got = complaints.filter(({given}) => given !== null).length;
  const right = complaints.filter(({category, given}) => given === category).length;
  const astray = others.filter(({given}) => given !== null).length;

  t.log(
    `${got} of ${complaints.length} get one, ${right} the right one, and ${astray} of ${others.length} others`,
  );
  t.deepEqual([complaints.length, others.length], [104, 52]);
  t.true(got >= 0.83 * complaints.length);
  t.true(right >= 0.75 * complaints.length);
  t.true(astray <= 0.1 * others.length);
});

test('a short letter gets its category whatever dates, amounts and names stand in it', (t) => {
  const letter =
    'My credit card was charged twice for one hotel room on 3 March and the bank refuses to refund the second payment of $210.\n\nMaria Berger';

  t.is(classify(model, letter).category, 'credit_card');
});
