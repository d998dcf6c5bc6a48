import {command} from '../command.ts';
import {milliseconds} from '../duration.ts';
import {misused} from '../failure.ts';
import {formatOf, formats, output} from '../output/format.ts';
import {printList} from '../output/print.ts';
import {server} from '../server/address.ts';
import {connect} from '../server/connect.ts';

/** More than can be stuck where anybody looks. */
const mostListed = 100_000;

export default command({
  name: 'doc resume',
  summary: 'Let documents go on that are stuck in work',
  usage: 'ID… | --in-work-longer-than 15m [--limit N] [--rate N] [-o FORMAT]',
  operands: [0, Number.POSITIVE_INFINITY],
  details: `The facts at which a document's way breaks off are published again, with the same ids: services that have answered
them answer the same, so nothing is done twice. It needs the role operate, and is a fact with your name. A document
has 15 minutes before it can be resumed again, and one that stands for longer than 30 days can't be.

Exit codes: 0 all were resumed, or there was nothing to resume · 5 some were not · 1 none was · 3 there is no such
document · 2 usage.`,
  options: {
    'in-work-longer-than': {
      type: 'string',
      value: 'TIME',
      help: 'All that have not ended after this long, such as 15m; the oldest first',
    },
    limit: {type: 'string', short: 'n', value: 'N', help: 'Resume at most so many; default 100'},
    rate: {type: 'string', value: 'N', help: 'At most so many a second; default 5'},
    output,
    server,
  },
  examples: [
    ['dip doc resume doc-00000000000000000001', 'One document that does not go on'],
    ['dip doc resume --in-work-longer-than 15m', 'Whatever is stuck, 100 at most, five a second'],
  ],
  async run({options, operands, terminal}) {
    const format = formatOf(options.output, terminal, formats);
    const longerThan = options['in-work-longer-than'];
    if ((operands.length === 0) === (longerThan === undefined))
      throw misused(
        'Say which documents: `dip doc resume ID…`, or `--in-work-longer-than TIME`, and not both.',
      );
    const [limit, rate] = [
      countOf('--limit', options.limit ?? '100'),
      countOf('--rate', options.rate ?? '5'),
    ];
    const {exitCodeOfResumed, resumeAll, resumedView} = await import('../documents/resume.ts');
    const dip = connect(options.server, terminal);
    const ids =
      longerThan === undefined
        ? operands
        : await idsOf(dip, milliseconds('--in-work-longer-than', longerThan));
    const {resumed, left} = await resumeAll(dip, ids, {limit, rate, signal: terminal.signal});
    await printList(resumed, format, resumedView, terminal);
    if (ids.length === 0) terminal.note('Nothing has been in work for so long.');
    if (left > 0)
      terminal.note(`${left} are left: say it again when these have gone on, or a larger \`--limit\`.`);
    return exitCodeOfResumed(resumed);
  },
});

/** The oldest first. */
async function idsOf(dip: ReturnType<typeof connect>, longerThanMs: number): Promise<string[]> {
  const found = {status: undefined, inWorkLongerThanMs: longerThanMs, limit: mostListed};
  const {listDocuments} = await import('../documents/list.ts');
  const {documents} = await listDocuments(dip, found);
  return documents.map(({documentId}) => documentId).reverse();
}

function countOf(option: string, text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= 100_000) return count;
  throw misused(`\`${option}\` is a whole number from 1 to 100000, got \`${text}\`.`);
}
