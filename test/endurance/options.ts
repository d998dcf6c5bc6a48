import {parseArgs} from 'node:util';

/** What is to be tried, and how hard. */
export interface Options {
  readonly help: boolean;
  readonly trials: readonly string[];
  readonly documents: number;
  readonly kills: number;
  readonly serviceKills: number;
  readonly doorKills: number;
  readonly changesOfMind: number;
  readonly outageSeconds: number;
  /** How long `strangers` goes on. */
  readonly minutes: number;
  /** Where services keep theirs in `kills` and `doors`. */
  readonly state: 'files' | 'servers';
  /** The commit that `node` upgrades from. */
  readonly from: string;
  readonly seed: number;
}

export const help = `Proves from outside, with real processes, that DIP loses nothing and that no id has two contents.

  npm run endurance -- [options] [trial …]

Trials (all, where none is named)
  kills     DIP and its services are killed with kill -9 while documents go in
  chaos     every event comes twice, replies are lost, order is shuffled, and models and rules change midway
  burst     all documents at once, while no service runs
  poison    events that nobody can take, with letters behind them
  outage    PostgreSQL, S3 and both are stopped and started while documents go in
  doors     processes with front doors are killed while people decide things: a decision and its fact are one
  strangers all that is sent to harm, beside letters that are answered as if nobody else were there
  cluster   the images' contents behind Knative's own broker, on PostgreSQL and S3, all of which crash
  node      on a real Kubernetes node with Knative, where one is up: upgraded, drained, killed, keys changed

Options
  --documents N        documents sent in each trial (default 500)
  --kills N            kills of DIP itself, and one more after the last document (default 5)
  --service-kills N    kills of single services (default 8)
  --door-kills N       kills of processes with front doors (default 1000)
  --changes-of-mind N  times that model, rules and letters change (default 3)
  --outage-seconds N   how long each outage lasts; it stands for an hour (default 60)
  --minutes N          how long strangers go on (default 120)
  --state WHERE        in kills and doors, services keep state in files or on servers (default files)
  --from COMMIT        in node, what is upgraded from (default HEAD~1)
  --seed N             the same seed makes the same letters and the same plan (default 1)
  --help

Exit code 0: all claims held. 1: some did not, and the data folder is left. 2: misused.
`;

/** @throws Error with one sentence when an argument is wrong. */
export function readOptions(words: readonly string[], known: readonly string[]): Options {
  const {values, positionals} = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      help: {type: 'boolean', short: 'h', default: false},
      documents: {type: 'string', default: '500'},
      kills: {type: 'string', default: '5'},
      'service-kills': {type: 'string', default: '8'},
      'door-kills': {type: 'string', default: '1000'},
      'changes-of-mind': {type: 'string', default: '3'},
      'outage-seconds': {type: 'string', default: '60'},
      minutes: {type: 'string', default: '120'},
      state: {type: 'string', default: 'files'},
      from: {type: 'string', default: 'HEAD~1'},
      seed: {type: 'string', default: '1'},
    },
  });
  for (const name of positionals) {
    if (!known.includes(name)) throw new Error(`There is no trial ${name}: expected ${known.join(', ')}.`);
  }
  const number = (name: Exclude<keyof typeof values, 'help' | 'state' | 'from'>, least = 0) =>
    numberOf(name, values[name], least);
  return {
    help: values.help,
    trials: positionals.length > 0 ? positionals : known,
    documents: number('documents', 20),
    kills: number('kills'),
    serviceKills: number('service-kills'),
    doorKills: number('door-kills'),
    changesOfMind: number('changes-of-mind', 1),
    outageSeconds: number('outage-seconds', 2),
    minutes: number('minutes', 1),
    state: stateOf(values.state),
    from: values.from,
    seed: number('seed'),
  };
}

function stateOf(text: string): 'files' | 'servers' {
  if (text === 'files' || text === 'servers') return text;
  throw new Error(`Expected --state to be files or servers, got ${JSON.stringify(text)}.`);
}

function numberOf(name: string, text: string, least: number): number {
  if (/^\d{1,6}$/.test(text) && Number(text) >= least) return Number(text);
  throw new Error(`Expected --${name} to be a whole number from ${least}, got ${JSON.stringify(text)}.`);
}
