import {command, type Values} from '../command.ts';
import {documentView} from '../documents/columns.ts';
import {statuses} from '../documents/statuses.ts';
import {milliseconds} from '../duration.ts';
import {misused} from '../failure.ts';
import {hint} from '../hint.ts';
import {didYouMean} from '../nearest.ts';
import {formatOf, formats, output} from '../output/format.ts';
import {printList} from '../output/print.ts';
import {server} from '../server/address.ts';
import {connect} from '../server/connect.ts';

const mostListed = 1_000_000;

const listOptions = {
  status: {
    type: 'string',
    short: 's',
    value: 'STATUS',
    choices: statuses,
    help: `Only those that are ${statuses.join(', ')}`,
  },
  'in-work-longer-than': {
    type: 'string',
    value: 'TIME',
    help: 'Only those that have not ended after this long, such as 15m',
  },
  limit: {type: 'string', short: 'n', value: 'N', help: 'At most so many; default 50'},
  output,
  server,
} as const;

export default command({
  name: 'doc list',
  summary: 'List documents, the latest first',
  usage: '[--status STATUS] [--in-work-longer-than 15m] [--limit N] [-o FORMAT]',
  options: listOptions,
  examples: [
    ['dip doc list', 'The latest 50 documents'],
    ['dip doc list --status failed -o wide', 'Those that failed, and why'],
    ['dip doc list --status rejected -o name', 'Only their ids'],
    ['dip doc list --in-work-longer-than 15m', 'Those that may be stuck; dip doc resume lets them go on'],
  ],
  async run({options, terminal}) {
    const format = formatOf(options.output, terminal, formats);
    const {status} = options;
    if (status !== undefined && !statuses.includes(status)) {
      const expected = statuses.join(', ');
      throw misused(`\`--status\` is one of ${expected}, got \`${status}\`${didYouMean(status, statuses)}`);
    }
    const longerThan = options['in-work-longer-than'];
    const inWorkLongerThanMs =
      longerThan === undefined ? undefined : milliseconds('--in-work-longer-than', longerThan);
    const limit = countOf(options.limit ?? '50');
    const {listDocuments} = await import('../documents/list.ts');
    const {documents, total} = await listDocuments(connect(options.server, terminal), {
      status,
      inWorkLongerThanMs,
      limit,
    });
    await printList(documents, format, documentView, terminal);
    const shown = documents.length;
    if (total === undefined || total > shown) {
      const all = total === undefined ? `more than ${shown}` : total;
      const more = hint(terminal, ['doc', 'list', ...wordsFor(options, limit, total)], options);
      terminal.note(`${shown} of ${all}. For more: ${more}`);
    }
    if (shown === 0)
      terminal.note(`No documents. Next: ${hint(terminal, ['doc', 'submit', 'FILE', '--wait'], options)}`);
  },
});

/** What asks for the same, and for ten times as many or all there are. */
function wordsFor(
  {status, 'in-work-longer-than': longerThan, output: format}: Values<typeof listOptions>,
  limit: number,
  total = Number.POSITIVE_INFINITY,
): string[] {
  const same = Object.entries({status, 'in-work-longer-than': longerThan, output: format});
  const given = same.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
  return [...given, '--limit', String(Math.min(limit * 10, total, mostListed))];
}

function countOf(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= mostListed) return count;
  throw misused(`\`--limit\` is a whole number from 1 to 1000000, got \`${text}\`.`);
}
