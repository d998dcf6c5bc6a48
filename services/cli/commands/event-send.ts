import {command} from '../command.ts';
import {broker, brokerPath} from '../events/broker.ts';
import type {JsonEvent} from '../events/event.ts';
import {dataFolder, keepExampleWords} from '../events/keep-words.ts';
import {type EventOptions, eventOptions} from '../events/options.ts';
import {typeNames} from '../events/type-names.ts';
import {exit, Failure} from '../failure.ts';
import {hint} from '../hint.ts';
import {cell, oneLine} from '../output/cell.ts';
import {formatOf, formats, output} from '../output/format.ts';
import {printList, serialized, type View} from '../output/print.ts';
import {server} from '../server/address.ts';
import {isSuccess, refusal} from '../server/answer.ts';
import {type Answer, connect} from '../server/connect.ts';
import {withRetries} from '../server/retry.ts';
import type {Terminal} from '../terminal.ts';

export default command({
  name: 'event send',
  summary: 'Send an event to a broker',
  usage: '[TYPE] [-f FILE] [--data JSON] [-e NAME=VALUE]… [-o FORMAT]',
  operands: [0, 1],
  words: typeNames,
  details: `Sends the example of the type's contract, or what the options or a file say, and prints the event's id.
Data that does not fit the contract is said and sent all the same. It is sent again while the broker is not
available, always with the same id. The words that an example names, such as a letter, are put where services look
for them: into the data folder of a DIP on this machine, or to BLOBS_URL.
A type that no Trigger asks for is sent, too, and said.`,
  options: {
    file: {type: 'string', short: 'f', value: 'FILE', help: 'The event as JSON from a file, or - for stdin'},
    ...eventOptions,
    'data-dir': dataFolder,
    broker,
    output,
    server,
  },
  examples: [
    ['dip event send com.dip.document.received', 'Send the example of a contract'],
    ['dip event send -f event.json -e replayid=try-1', 'Send an event from a file, with an extension'],
    [`dip event send document.rejected --data '{"documentId":"doc-…","reason":"empty"}'`, 'Send data'],
  ],
  async run({options, operands: [type], terminal}) {
    const format = formatOf(options.output, terminal, formats);
    const path = brokerPath(options.broker);
    const to = connect(options.server, terminal);
    const event = await chosen(options, type, terminal);
    const {noteFaults} = await import('../events/catalogue.ts');
    noteFaults(event, terminal);
    await keepExampleWords(event, to, {folder: options['data-dir'], terminal});
    const headers = {'content-type': 'application/cloudevents+json', prefer: 'hearers'};
    const body = JSON.stringify(event);
    const answer = await withRetries(
      () => to.request(path, {method: 'POST', headers, body}),
      terminal.signal,
    );
    if (!isSuccess(answer)) throw new Failure(refusal(answer));
    if (isUnheard(answer)) {
      const list = hint(terminal, ['trigger', 'list']);
      terminal.note(
        `Warning: nobody asks for ${oneLine(event.type)}: no Trigger of ${path.slice(1)} names that type, so only those that hear everything get it. Who hears what: ${list}`,
      );
    }
    if (format === 'table') terminal.print(oneLine(event.id));
    else if (format === 'json' || format === 'yaml') terminal.print(await serialized(event, format));
    else await printList([event], format, sentView, terminal);
    return exit.ok;
  },
});

/** A local broker was asked who hears the event, and says nobody; Knative's own brokers don't say. */
function isUnheard({headers}: Answer): boolean {
  return headers.get('preference-applied') === 'hearers' && headers.get('hearers') === '';
}

async function chosen(
  options: EventOptions & {readonly file?: string | undefined},
  type: string | undefined,
  terminal: Terminal,
): Promise<JsonEvent> {
  if (options.file !== undefined) {
    const {givenEvent} = await import('../events/given.ts');
    return givenEvent(options.file, options, type, terminal);
  }
  const [{wishesOf}, {eventOf}] = await Promise.all([
    import('../events/wishes.ts'),
    import('../events/event.ts'),
  ]);
  return eventOf(await wishesOf(options, type, terminal), new Date());
}

const sentView: View<JsonEvent> = {
  name: ({id}) => id,
  columns: [
    {title: 'EVENT', value: ({id}) => cell(id), cut: 'nothing'},
    {title: 'TYPE', value: ({type}) => cell(type)},
    {title: 'SOURCE', value: ({source}) => cell(source)},
    {title: 'SUBJECT', value: ({subject}) => cell(subject)},
  ],
};
