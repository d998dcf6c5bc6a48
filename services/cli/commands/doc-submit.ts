import {command, type Values} from '../command.ts';
import {outcomeView, receivedView} from '../documents/columns.ts';
import type {Outcome} from '../documents/outcome.ts';
import {milliseconds} from '../duration.ts';
import {misused} from '../failure.ts';
import {type Format, formatOf, formats, output} from '../output/format.ts';
import {printList, serialized} from '../output/print.ts';
import {pairs} from '../pairs.ts';
import {server} from '../server/address.ts';
import {connect} from '../server/connect.ts';
import type {Terminal} from '../terminal.ts';

const submitOptions = {
  wait: {type: 'boolean', short: 'w', help: 'Wait until each document is answered, rejected or failed'},
  timeout: {
    type: 'string',
    value: 'TIME',
    help: 'Stop after this long, such as 500ms, 60s or 2m; with --wait 60s',
  },
  metadata: {
    type: 'string',
    short: 'm',
    multiple: true,
    value: 'NAME=VALUE',
    help: 'Something to keep with each document; may be repeated',
  },
  again: {
    type: 'string',
    value: 'WORD',
    help: 'Send as new documents what was sent before; the same WORD again makes no doubles',
  },
  key: {
    type: 'string',
    value: 'KEY',
    help: 'Idempotency key of one FILE; default: made of its name and bytes',
  },
  name: {type: 'string', value: 'NAME', help: 'What stdin is called, such as letter.pdf; default stdin'},
  type: {type: 'string', value: 'TYPE', help: 'What stdin is, such as application/pdf; default by its name'},
  output,
  server,
} as const;

export default command({
  name: 'doc submit',
  summary: 'Send in documents, and wait for their answers if asked to',
  usage: 'FILE… [--wait] [--timeout 60s] [--metadata name=value]… [-o FORMAT]',
  operands: [1, Number.POSITIVE_INFINITY],
  details: `A FILE that is a folder stands for all files in it and its folders, without hidden ones; - is stdin. Four are
sent at a time. What can not be read or sent counts as failed; the others go on.
The same name, bytes and metadata are the same document, however often they are sent: after Ctrl-C, or whatever else
ended it, the same command goes on where it was. --again sends them as new ones.
With -o json or yaml, one FILE prints one object and several print an array; jsonl always prints one line a file.

Exit codes: 0 all were taken (with --wait: answered) · 5 some were not taken, rejected or failed ·
1 some had not ended when the time was up, or nothing answers · 2 usage · 130 stopped by Ctrl-C.`,
  options: submitOptions,
  examples: [
    ['dip doc submit letter.pdf --wait', 'Send a letter in and see its answer'],
    ['dip doc submit inbox --metadata channel=post', 'Send in a folder, and say where it came from'],
    ['scan-page | dip doc submit - --name page.pdf', 'Send in what another program prints'],
    ['dip doc submit reminder.pdf --again 2027-03', 'Send a letter once more, as a new document'],
    ['dip doc submit letter.pdf --wait -o json | jq -r .response.body', 'Only the text of the answer'],
  ],
  async run({options, operands, words, terminal}) {
    const format = formatOf(options.output, terminal, formats);
    const {wait = false} = options;
    checkOptions(options, operands);
    const metadata = metadataOf(options.metadata);
    const timeout = milliseconds('--timeout', options.timeout ?? '60s');
    const dip = connect(options.server, terminal);
    const [{findFiles}, {stdinSource}, {submit}, told, {exitCodeOf, waitedFor, withDoublesNamed}] =
      await Promise.all([
        import('../documents/find-files.ts'),
        import('../documents/source.ts'),
        import('../documents/submit.ts'),
        import('../documents/told.ts'),
        import('../documents/outcome.ts'),
      ]);
    // From here on, as what was loaded until now is no work of DIP.
    const timeUp = wait || options.timeout !== undefined ? AbortSignal.timeout(timeout) : neverUp();
    const stdin = {filename: options.name ?? 'stdin', contentType: options.type};
    const found = await findFiles(operands, () => stdinSource(stdin, terminal));
    told.tellLeftOut(found, terminal);
    const total = found.sources.length;
    const submitted = await submit(found.sources, {
      server: dip,
      wait,
      key: options.key,
      again: options.again,
      secret: terminal.env['DIP_TOKEN']?.trim() ?? '',
      metadata,
      interrupted: terminal.signal,
      timeUp,
      progress: (counts) => terminal.progress(told.progressLine(counts, total, wait)),
    });
    const outcomes = withDoublesNamed(submitted.outcomes);
    const isOne = total === 1 && operands.length === 1;
    const results = wait ? outcomes.map(waitedFor) : outcomes;
    if (results.length > 0) await printOutcomes(results, {format, wait, isOne}, terminal);
    if (terminal.signal.aborted) throw told.stopped(submitted, words, terminal);
    told.tellEnd(outcomes, options, terminal);
    return exitCodeOf(outcomes, wait);
  },
});

interface Printing {
  readonly format: Format;
  readonly wait: boolean;
  readonly isOne: boolean;
}

async function printOutcomes(
  results: readonly Outcome[],
  {format, wait, isOne}: Printing,
  terminal: Terminal,
): Promise<void> {
  const [only] = results;
  if ((format === 'json' || format === 'yaml') && only && isOne)
    return terminal.print(await serialized(only, format));
  await printList(results, format, wait ? outcomeView : receivedView, terminal);
}

function checkOptions(options: Values<typeof submitOptions>, files: readonly string[]): void {
  const {key, again, name, type} = options;
  if (key !== undefined) checkKey(key, files);
  if (key !== undefined && again !== undefined)
    throw misused('`--key` says itself what is the same document: expected `--key` or `--again`, got both.');
  if (again === '') throw misused('`--again` wants a word for this time, such as 2027-03.');
  const stdins = files.filter((file) => file === '-').length;
  if (stdins > 1) throw misused('Stdin can be sent once: expected one `-`.');
  if (stdins === 0 && (name !== undefined || type !== undefined))
    throw misused('`--name` and `--type` say what stdin is: they go with `-` for a FILE.');
}

function checkKey(key: string, files: readonly string[]): void {
  if (files.length > 1) throw misused('`--key` names one document, so it goes with one FILE.');
  if (!/^[!-~]{1,256}$/.test(key)) {
    throw misused(`\`--key\` is 1 to 256 printable ASCII characters without spaces, got \`${key}\`.`);
  }
}

function metadataOf(texts: readonly string[] | undefined): Map<string, string> {
  const metadata = pairs('--metadata', texts);
  if (metadata.has('file'))
    throw misused('`--metadata` can not be called `file`: that is the document itself.');
  return metadata;
}

/** `AbortSignal.timeout` keeps no process alive, and neither does this. */
function neverUp(): AbortSignal {
  return new AbortController().signal;
}
