/** Trains the shipped models again: `npm run train -- --help`. */
import path from 'node:path';
import {parseArgs} from 'node:util';
import {writeModel} from '../../services/classification/model.ts';
import {trainModel} from '../../services/classification/train.ts';
import {documents, gather, gatherAtRisk, missingFrom} from './gather.ts';

const help = `Trains a model that classification ships, from the texts that its card names.

  npm run train -- [options] [MODEL …]

Models (all, where none is named)
  consumer-finance    what a letter is about
  at-risk             whether it gives a signal, and which

Options
  --documents FOLDER  has cfpb-complaints/, banking77/ and language-samples/ (default ../shared/documents)
  --out FOLDER        where the models go (default services/classification/models)
  --help

The same texts give the same bytes. What was written for the training is in test/training.

Exit code 0: trained. 1: a text is missing. 2: misused.
`;

/** The shipped models, and what each is trained from. */
const shipped = {
  'consumer-finance': {version: '1.1.0', examples: gather},
  'at-risk': {version: '1.0.0', examples: gatherAtRisk},
};
const models = path.join(import.meta.dirname, '../../services/classification/models');

try {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    options: {
      help: {type: 'boolean', short: 'h', default: false},
      documents: {type: 'string', default: documents},
      out: {type: 'string', default: models},
    },
  });
  const names = positionals.length > 0 ? positionals : Object.keys(shipped);
  const unknown = names.filter((name) => !isShipped(name));
  if (unknown.length > 0)
    throw new Error(`Expected a model of ${Object.keys(shipped).join(', ')}, got ${unknown.join(', ')}.`);
  if (values.help) process.stdout.write(help);
  else process.exitCode = await train(names.filter(isShipped), values.documents, values.out);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}

function isShipped(name: string): name is keyof typeof shipped {
  return Object.hasOwn(shipped, name);
}

async function train(names: readonly (keyof typeof shipped)[], folder: string, out: string): Promise<number> {
  const missing = missingFrom(folder);
  if (missing.length > 0) {
    process.stderr.write(`Expected ${missing.join(', ')} in ${folder}: see the model's card.\n`);
    return 1;
  }
  for (const name of names) {
    const {version, examples} = shipped[name];
    const model = trainModel(await examples(folder), {name, version});
    const file = path.join(out, `${name}-${version}.model`);
    const {byteLength} = await writeModel(file, model);
    const {categories, calibration, ...measures} = model.measures;
    process.stdout.write(
      `${JSON.stringify({file, byteLength, training: model.training, measures}, null, 2)}\n`,
    );
  }
  return 0;
}
