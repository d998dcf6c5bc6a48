import {command} from '../command.ts';
import {broker, brokerPath} from '../events/broker.ts';
import type {JsonEvent} from '../events/event.ts';
import {eventOptions} from '../events/options.ts';
import {typeNames} from '../events/type-names.ts';
import {exit} from '../failure.ts';
import {hint} from '../hint.ts';
import {formatOf} from '../output/format.ts';
import {serialized} from '../output/print.ts';
import {addressOf, server} from '../server/address.ts';
import type {Terminal} from '../terminal.ts';

const buildFormats = ['json', 'yaml', 'curl', 'http'] as const;

export default command({
  name: 'event build',
  summary: 'Print a valid event of a type',
  usage: 'TYPE [--data JSON] [-o json|yaml|curl|http]',
  operands: [0, 1],
  words: typeNames,
  details: `Prints the example of the type's contract as an event with a fresh id and the time of now; sends nothing.
\`com.dip.\` may be left out of the type. Without a type: the types that there are.
The words that an example names, such as a letter, are put there by \`dip event send\`.`,
  options: {
    ...eventOptions,
    broker,
    server,
    output: {
      type: 'string',
      short: 'o',
      value: 'FORMAT',
      choices: buildFormats,
      help: 'json, yaml, curl or http; default json',
    },
  },
  examples: [
    ['dip event build com.dip.document.received', 'An event, as JSON'],
    ['dip event build document.rejected -o curl', 'The command line that sends it'],
    ['dip event build document.received | dip event send -f -', 'Build, then send'],
  ],
  async run({options, operands: [type], terminal}) {
    const format = formatOf(options.output, terminal, buildFormats);
    const url = addressOf(options.server, terminal) + brokerPath(options.broker);
    const [{wishesOf}, {eventOf}, {noteFaults}] = await Promise.all([
      import('../events/wishes.ts'),
      import('../events/event.ts'),
      import('../events/catalogue.ts'),
    ]);
    const event = eventOf(await wishesOf(options, type, terminal), new Date());
    noteFaults(event, terminal);
    if (format === 'json' || format === 'yaml') terminal.print(await serialized(event, format));
    else terminal.print(format === 'curl' ? curl(url, event) : request(url, event));
    if (format === 'curl' || format === 'http') await noteWords(event, terminal);
    return exit.ok;
  },
});

/** Other programs than `dip event send` send no words along. */
async function noteWords({type, data}: JsonEvent, terminal: Terminal): Promise<void> {
  const {wordsNamedBy} = await import('../events/example-words.ts');
  const names = [...wordsNamedBy(data).keys()];
  if (names.length === 0) return;
  const send = hint(terminal, ['event', 'send', type]);
  terminal.note(`Note: the data names ${names.join(' and ')}, which \`${send}\` puts there before it sends.`);
}

const mediaType = 'application/cloudevents+json';

/** A command line for a POSIX shell. */
function curl(url: string, event: object): string {
  const quoted = JSON.stringify(event).replaceAll("'", String.raw`'\''`);
  return `curl -i '${url}' \\\n  -H 'content-type: ${mediaType}' \\\n  -d '${quoted}'`;
}

/** As an editor's HTTP client reads it. */
function request(url: string, event: object): string {
  return `POST ${url}\nContent-Type: ${mediaType}\n\n${JSON.stringify(event, null, 2)}`;
}
