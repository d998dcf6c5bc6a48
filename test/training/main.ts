/** Trains the shipped model again: `npm run train -- --help`. */
import path from 'node:path';
import {parseArgs} from 'node:util';
import {writeModel} from '../../services/classification/model.ts';
import {trainModel} from '../../services/classification/train.ts';
import {documents, gather, missingFrom} from './gather.ts';

const help = `Trains the model that classification ships, from the texts that its card names.

  npm run train -- [options]

Options
  --documents FOLDER  has cfpb-complaints/, banking77/ and language-samples/ (default ../shared/documents)
  --out FILE          the model (default services/classification/models/NAME-VERSION.model)
  --help

The same texts give the same bytes. What was written for the training is in test/training/letters and texts.

Exit code 0: trained. 1: a text is missing. 2: misused.
`;

/** The shipped model. */
const named = {name: 'consumer-finance', version: '1.1.0'};
const models = path.join(import.meta.dirname, '../../services/classification/models');

try {
  const {values} = parseArgs({
    options: {
      help: {type: 'boolean', short: 'h', default: false},
      documents: {type: 'string', default: documents},
      out: {type: 'string', default: path.join(models, `${named.name}-${named.version}.model`)},
    },
  });
  if (values.help) process.stdout.write(help);
  else process.exitCode = await train(values.documents, values.out);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}

async function train(folder: string, out: string): Promise<number> {
  const missing = missingFrom(folder);
  if (missing.length > 0) {
    process.stderr.write(`Expected ${missing.join(', ')} in ${folder}: see the model's card.\n`);
    return 1;
  }
  const model = trainModel(await gather(folder), named);
  const {byteLength} = await writeModel(out, model);
  const {categories, calibration, ...measures} = model.measures;
  process.stdout.write(`${JSON.stringify({out, byteLength, training: model.training, measures}, null, 2)}\n`);
  return 0;
}
