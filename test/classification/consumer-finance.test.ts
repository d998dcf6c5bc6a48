import {existsSync} from 'node:fs';
import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {classify} from '../../services/classification/classify.ts';
import {readModel, writeModel} from '../../services/classification/model.ts';
import {type Example, trainModel} from '../../services/classification/train.ts';
import {skip} from '../skip.ts';

const shipped = new URL('../../services/classification/models/consumer-finance-1.0.0.model', import.meta.url);
const model = await readModel(shipped);
const documents = new URL('../../../shared/documents/', import.meta.url);

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

const foreign = [
  'I would like to order two large pizzas with mushrooms and olives, delivered tonight at seven, and a bottle of lemonade.',
  'Curriculum vitae. Software engineer, eight years of experience with distributed systems. Hobbies: climbing and chess.',
  'Preheat the oven. Peel and slice six apples, toss with sugar and cinnamon, rub butter into flour and bake until golden.',
  'Sehr geehrte Damen und Herren, hiermit kündige ich meinen Vertrag zum nächstmöglichen Zeitpunkt. Mit freundlichen Grüßen',
  'Bonjour, je vous écris au sujet de ma carte de crédit. Une somme a été débitée deux fois sur mon compte.',
];

for (const letter of foreign) {
  test(`what is about something else stays unclassified: ${letter.slice(0, 40)}`, (t) => {
    t.is(classify(model, letter).category, null);
  });
}

test('the shipped model holds what its card promises', async (t) => {
  const {measures} = model;

  t.true(measures.accuracy >= 0.81);
  t.true(measures.macroF1 >= 0.62);
  t.true(measures.calibrationError <= 0.05);
  t.true((await readFile(shipped)).length <= 3_000_000);
});

test('training on the public examples gives the shipped bytes', async (t) => {
  const examples = new URL('cfpb-complaints/train.jsonl', documents);
  if (isMissing(t, examples)) return;
  const path = await mkdtemp(join(tmpdir(), 'consumer-finance-'));
  t.teardown(() => rm(path, {recursive: true}));
  const out = join(path, 'again.model');

  await writeModel(
    out,
    trainModel(await readExamples(examples), {name: 'consumer-finance', version: '1.0.0'}),
  );

  t.true((await readFile(out)).equals(await readFile(shipped)));
});

test('text in 15 other languages stays unclassified', async (t) => {
  const samples = new URL('language-samples/', documents);
  if (isMissing(t, samples)) return;
  const files = (await readdir(samples)).filter((name) => /^(?!en)..\.txt$/.test(name));

  t.true(files.length >= 15);
  for (const name of files) {
    const text = await readFile(new URL(name, samples), 'utf8');
    t.is(classify(model, text.slice(0, 2000)).category, null, name);
  }
});

/** One line of JSON each, with `text` and `category` or `label`. */
async function readExamples(file: URL): Promise<Example[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  return lines.map((line) => {
    const {text, category, label = ''}: {text: string; category?: string; label?: string} = JSON.parse(line);
    return {text, category: category ?? label};
  });
}

function isMissing(t: ExecutionContext, path: URL): boolean {
  if (existsSync(path)) return false;
  skip(t, `${path.pathname} is not there`);
  return true;
}
