import {command} from '../command.ts';
import {exit, Failure, messageOf} from '../failure.ts';
import type {Classification, Predicted} from '../models/predicted.ts';
import {formatOf, formats, output} from '../output/format.ts';
import {printList, serialized} from '../output/print.ts';

export default command({
  name: 'model predict',
  summary: 'Say what texts are about, as classification does',
  usage: 'TEXTS.jsonl [--model FILE] [-o FORMAT]',
  operands: [1, 1],
  details: `Nothing has to run. TEXTS.jsonl has a JSON object with a \`text\` in each line; - is stdin. A text without a category
is about something else, or about too many things: its confidence is that of the most likely category all the same.
Without --model it is the model that classification starts with: yours, where the folder DIP_SETTINGS_DIR has one.
With -o jsonl each line is answered by a line with category, confidence and alternatives, as soon as it is read.

Exit codes: 0 all were read · 1 a line is no text, or a file can not be read · 2 usage.`,
  options: {
    model: {type: 'string', value: 'FILE', help: 'The model that is asked, such as categories.model.br'},
    output,
  },
  examples: [
    ['dip model predict letters.jsonl', 'What each letter is about'],
    ['dip model predict - -o jsonl < letters.jsonl | jq -r .category', 'The categories alone'],
    ['dip model predict letters.jsonl --model settings/categories.model.br', 'What a model of your own says'],
    ['dip doc extract letter.pdf -o jsonl | dip model predict -', 'What a file is about'],
  ],
  async run({options, operands: [file = ''], terminal}) {
    const format = formatOf(options.output, terminal, formats);
    const {href} = new URL('../../classification/predict.ts', import.meta.url);
    const {predictor}: Classification = await import(href);
    const [{textsOf}, {predictedView}] = await Promise.all([
      import('../models/texts.ts'),
      import('../models/predicted.ts'),
    ]);
    const settingsDirectory = terminal.env['DIP_SETTINGS_DIR'] || undefined;
    const predict = await predictor({file: options.model, settingsDirectory}).catch((error) => {
      throw new Failure(messageOf(error), undefined, {cause: error});
    });
    const all: Predicted[] = [];
    for await (const {line, text} of textsOf(file, terminal)) {
      const {category, confidence, alternatives} = predict(text);
      const prediction = {category, confidence, alternatives};
      if (format === 'jsonl') terminal.print(JSON.stringify(prediction));
      else all.push({line, text, prediction});
    }
    if (format === 'json' || format === 'yaml')
      terminal.print(
        await serialized(
          all.map(({prediction}) => prediction),
          format,
        ),
      );
    else if (format !== 'jsonl') await printList(all, format, predictedView, terminal);
    return exit.ok;
  },
});
