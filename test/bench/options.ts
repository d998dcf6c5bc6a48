import {parseArgs} from 'node:util';

/** How long it is measured. */
export interface Options {
  readonly help: boolean;
  /** Whether nothing is measured but documents through all services. */
  readonly documents: boolean;
  readonly rounds: number;
  readonly events: number;
}

export const help = `What DIP costs beside the least that it could cost, in one run on one machine. A few minutes; nothing else
should run meanwhile.

  npm run bench -- [options]            events, and starts
  npm run bench -- documents [options]  documents from the front door to their answer

Options
  --rounds N  each measure is taken so often, and the median counts (default 7)
  --events N  events of each measure of a round (default 20000); of documents as many at once (default 1000, to 9000)
  --help

Exit code 0: all budgets were kept. 1: some were missed. 2: misused.
`;

/** @throws Error with one sentence when an argument is wrong. */
export function readOptions(words: readonly string[]): Options {
  const {values, positionals} = parseArgs({
    allowPositionals: true,
    args: [...words],
    options: {
      help: {type: 'boolean', short: 'h', default: false},
      rounds: {type: 'string', default: '7'},
      events: {type: 'string'},
    },
  });
  const documents = positionals[0] === 'documents';
  const [stray] = positionals.slice(documents ? 1 : 0);
  if (stray !== undefined)
    throw new Error(`Expected \`documents\` or nothing, got ${JSON.stringify(stray)}.`);
  const events = atLeastOne('events', values.events ?? (documents ? '1000' : '20000'));
  // The archive counts no more than 10,000.
  if (documents && events > 9_000) throw new Error(`Expected \`--events\` to 9000 documents, got ${events}.`);
  return {
    help: values.help,
    documents,
    rounds: atLeastOne('rounds', values.rounds),
    events,
  };
}

function atLeastOne(name: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`Expected \`--${name}\` from 1, got ${JSON.stringify(text)}.`);
}
