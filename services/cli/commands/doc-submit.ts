import {command} from '../command.ts';
import {outcomeView, receivedView} from '../documents/columns.ts';
import {exitCodeOf, type Outcome, waitedFor} from '../documents/outcome.ts';
import {submit} from '../documents/submit.ts';
import {milliseconds} from '../duration.ts';
import {misused} from '../failure.ts';
import {formatOf, formats, output} from '../output/format.ts';
import {printList, serialized} from '../output/print.ts';
import {pairs} from '../pairs.ts';
import {server} from '../server/address.ts';
import {connect} from '../server/connect.ts';
import type {Terminal} from '../terminal.ts';

export default command({
  name: 'doc submit',
  summary: 'Send in documents, and wait for their answers if asked to',
  usage: 'FILE… [--wait] [--timeout 60s] [--metadata name=value]… [-o FORMAT]',
  operands: [1, Number.POSITIVE_INFINITY],
  details: `Four files are sent at a time. A file is sent again while DIP is not available, under one key, so that it
becomes one document. A file that can not be sent counts as failed; the others go on.
With -o json or yaml, one FILE prints one object and several print an array; jsonl always prints one line a file.

Exit codes: 0 all were taken (with --wait: answered) · 5 some were not taken, rejected or failed ·
1 some had not ended when the time was up, or nothing answers · 2 usage.`,
  options: {
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
    key: {type: 'string', value: 'KEY', help: 'Idempotency key: the same key and file is the same document'},
    output,
    server,
  },
  examples: [
    ['dip doc submit letter.pdf --wait', 'Send a letter in and see its answer'],
    ['dip doc submit inbox/* --metadata channel=post', 'Send in a folder, and say where it came from'],
    ['dip doc submit letter.pdf --wait -o json | jq -r .response.body', 'Only the text of the answer'],
  ],
  async run({options, operands, terminal}) {
    const format = formatOf(options.output, terminal, formats);
    const {wait = false, key} = options;
    if (key !== undefined) checkKey(key, operands);
    const timeUp = timeUpAfter(options.timeout ?? (wait ? '60s' : undefined));
    const outcomes = await submit(operands, {
      server: connect(options.server, terminal),
      wait,
      key,
      metadata: metadataOf(options.metadata),
      interrupted: terminal.signal,
      timeUp,
      progress({taken, ended}) {
        const ends = wait ? `, ${ended} ended` : '';
        terminal.progress(`${taken} of ${operands.length} taken${ends}`);
      },
    });
    const results = wait ? outcomes.map(waitedFor) : outcomes;
    const [only] = results;
    if ((format === 'json' || format === 'yaml') && only && results.length === 1) {
      terminal.print(await serialized(only, format));
    } else {
      await printList(results, format, wait ? outcomeView : receivedView, terminal);
    }
    suggestNext(outcomes, terminal);
    return exitCodeOf(outcomes, wait);
  },
});

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

/** A timer that ends nothing but what listens to it: it does not keep the process alive. */
function timeUpAfter(duration: string | undefined): AbortSignal {
  return duration === undefined
    ? new AbortController().signal
    : AbortSignal.timeout(milliseconds('--timeout', duration));
}

function suggestNext(outcomes: readonly Outcome[], terminal: Terminal): void {
  const taken = outcomes.filter(({documentId}) => documentId !== null);
  if (taken.length === 0) return;
  terminal.note(taken.length === 1 ? `Next: dip doc describe ${taken[0]?.documentId}` : 'Next: dip doc list');
}
