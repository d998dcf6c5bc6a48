import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {ofCategories} from '../../services/classification/chosen-model.ts';
import {classify} from '../../services/classification/classify.ts';
import {readModel} from '../../services/classification/model.ts';
import {encodeModel} from '../../services/classification/model-file.ts';
import {trainModel} from '../../services/classification/train.ts';
import {skip} from '../skip.ts';
import {documents, gather, missingFrom} from '../training/gather.ts';

const model = await readModel(ofCategories.shipped);

const letters: Record<string, string> = {
  mortgage:
    'Dear Sir or Madam, I am writing about the mortgage on our home. We applied for a loan modification in March and sent every paper twice, yet the servicer started foreclosure. Our escrow account was also raised without notice. Please stop the sale of the house.',
  debt_collection:
    'A collection agency keeps calling me at work about a debt that is not mine. I asked them in writing to validate the debt and they never did. They threaten to sue me. I want the debt collector to stop calling.',
  credit_reporting:
    'There are accounts on my credit report that I never opened. I disputed them with Equifax and TransUnion and they still show. Please remove the inaccurate information and the hard inquiries from my credit file.',
  student_loan:
    'My student loan servicer, Navient, put my loans into forbearance although I asked for an income-driven repayment plan. I have been teaching for ten years and the payments do not count towards loan forgiveness.',
  credit_card:
    'I opened a credit card because of the bonus points it promised. After I spent the amount within three months, the card company refused the rewards and charged me an annual fee and interest on a purchase I had disputed.',
};

for (const [category, letter] of Object.entries(letters)) {
  test(`a letter about ${category} is told as such`, (t) => {
    const said = classify(model, letter);

    t.is(said.category, category);
    t.true((said.explanation?.terms.length ?? 0) > 0);
  });
}

const sentences: Record<string, string> = {
  bank_account: 'The bank took an overdraft fee from my checking account although I had deposited enough.',
  credit_card: 'My credit card was charged twice and the bank refuses to refund the late fee.',
  credit_reporting: 'My credit report shows an account that I never opened.',
  debt_collection: 'A debt collector calls me every day about a debt that I have paid.',
  mortgage: 'My mortgage payment was booked twice.',
};

for (const [category, sentence] of Object.entries(sentences)) {
  test(`a letter of one sentence about ${category} is told as such`, (t) => {
    t.is(classify(model, sentence).category, category);
  });
}

const foreign = [
  'I would like to order two large pizzas with mushrooms and olives, delivered tonight at seven, and a bottle of lemonade.',
  'Curriculum vitae. Software engineer, eight years of experience with distributed systems. Hobbies: climbing and chess.',
  'Preheat the oven. Peel and slice six apples, toss with sugar and cinnamon, rub butter into flour and bake until golden.',
  'Sehr geehrte Damen und Herren, hiermit kündige ich meinen Vertrag zum nächstmöglichen Zeitpunkt. Mit freundlichen Grüßen',
  'Where do I see how much I can still spend on my card this month?',
  'Our spring offer: refinance your house at a fixed rate and get a free quote from fifty lenders today.',
  'Invoice 2207. Repair of a bicycle, 2 hours at 45.00, spare parts 31.20. Total due within 14 days: 121.20.',
  'I beg to move that the bill be read a second time. It protects families from lenders who hide their fees.',
  '# tiny-cache\n\nA cache with a limit. npm install tiny-cache. Set a limit, get and set. MIT licence.',
  'Minutes of 3 May. The treasurer reports on the accounts. The board approves the budget unanimously.',
  'ok, see you at seven, bring the tickets',
  'Bonjour, je vous écris au sujet de ma carte de crédit. Une somme a été débitée deux fois sur mon compte.',
];

for (const letter of foreign) {
  test(`what is about something else stays unclassified: ${letter.slice(0, 40)}`, (t) => {
    t.is(classify(model, letter).category, null);
  });
}

test('the shipped model holds what its card promises', async (t) => {
  const {measures} = model;

  t.true(measures.accuracy >= 0.82);
  t.true(measures.macroF1 >= 0.66);
  // Of 516 letters in 15 bins chance alone makes four of a hundred; by cross-validation, on 2,063, it is 0.03.
  t.true(measures.calibrationError <= 0.06);
  t.true(measures.automatic >= 0.55);
  t.true(measures.foreign.classified <= 0.02);
  t.true((await readFile(ofCategories.shipped)).length <= 3_000_000);
});

test('training on the texts that the card names gives the shipped bytes', async (t) => {
  t.timeout(600_000);
  const missing = missingFrom(documents);
  if (missing.length > 0) return void skip(t, `${missing.join(', ')} is not in ${documents}`);

  const {name, version} = model;
  const again = encodeModel(trainModel(await gather(), {name, version}));

  t.true(Buffer.from(again).equals(await readFile(ofCategories.shipped)));
});

test('text in 15 other languages stays unclassified', async (t) => {
  if (missingFrom(documents).length > 0) return void skip(t, `the languages are not in ${documents}`);
  const samples = path.join(documents, 'language-samples');
  const files = (await readdir(samples)).filter((name) => /^(?!en)..\.txt$/.test(name));

  t.true(files.length >= 15);
  for (const name of files) {
    const text = await readFile(path.join(samples, name), 'utf8');
    t.is(classify(model, text.slice(0, 2000)).category, null, name);
  }
});
