import {command} from '../command.ts';
import {hint} from '../hint.ts';
import {cell, moment} from '../output/cell.ts';
import {formatOf, formats, output} from '../output/format.ts';
import {printList, type View} from '../output/print.ts';
import {type ShownToken, storeOf, storeOptions, tokensOf} from '../tokens/store.ts';

export default command({
  name: 'token list',
  summary: 'List who has a token, for what and until when',
  usage: '[--data-dir DIR | --context NAME] [-o FORMAT]',
  options: {...storeOptions, output},
  examples: [
    ['dip token list', 'The tokens of a DIP on this machine'],
    ['dip token list --context prod -o json', 'Those of a cluster, for a script'],
  ],
  async run({options, terminal}) {
    const format = formatOf(options.output, terminal, formats);
    const store = await storeOf(options, terminal);
    const {tokens, faults} = await tokensOf(store);
    await printList(tokens, format, tokenView(Date.now()), terminal);
    for (const fault of faults) terminal.note(fault);
    if (tokens.length === 0)
      terminal.note(
        `No tokens in ${store.place}. Next: ${hint(terminal, ['token', 'create', 'NAME', '--role', 'submit'], options)}`,
      );
  },
});

function tokenView(now: number): View<ShownToken> {
  const isOver = (expiresAt: string | null) => expiresAt !== null && Date.parse(expiresAt) <= now;
  return {
    name: ({name}) => name,
    columns: [
      {title: 'NAME', value: ({name}) => cell(name), cut: 'nothing'},
      {title: 'ROLE', value: ({role}) => cell(role)},
      {title: 'CREATED', value: ({createdAt}) => moment(createdAt)},
      {
        title: 'EXPIRES',
        value: ({expiresAt}) => `${moment(expiresAt)}${isOver(expiresAt) ? ' (over)' : ''}`,
        color: ({expiresAt}) => (isOver(expiresAt) ? 'red' : undefined),
      },
      {title: 'RATE', value: ({ratePerMinute}) => cell(ratePerMinute), wide: true},
    ],
  };
}
