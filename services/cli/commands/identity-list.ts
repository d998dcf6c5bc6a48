import {command} from '../command.ts';
import {notFound} from '../failure.ts';
import {hint} from '../hint.ts';
import type {ShownPair} from '../identity/halves.ts';
import {identityOptions, identitySecret} from '../identity/secret.ts';
import {cell, moment} from '../output/cell.ts';
import {formatOf, formats, output} from '../output/format.ts';
import {printList, type View} from '../output/print.ts';

export default command({
  name: 'identity list',
  summary: 'List the keys by which services know the console, and when they were made',
  usage: '--context NAME [-o FORMAT]',
  details: 'The oldest first. No private half is ever shown.',
  options: {...identityOptions, output},
  examples: [['dip identity list --context prod', 'Whether a rotation has ended: one pair, or more']],
  async run({options, terminal}) {
    const format = formatOf(options.output, terminal, formats);
    const [secret, {halvesIn, pairsOf}] = await Promise.all([
      identitySecret(options, terminal),
      import('../identity/halves.ts'),
    ]);
    const held = await secret.read();
    if (held === undefined)
      throw notFound(`There is no ${secret.title}. Next: ${hint(terminal, ['identity', 'create'], options)}`);
    await printList(pairsOf(halvesIn(held.entries, secret.title), secret.title), format, pairView, terminal);
  },
});

const pairView: View<ShownPair> = {
  name: ({keyId}) => keyId,
  columns: [
    {title: 'KEY', value: ({keyId}) => cell(keyId), cut: 'nothing'},
    {title: 'CREATED', value: ({createdAt}) => moment(createdAt)},
    {title: 'HALVES', value: ({halves}) => halves.join(' ')},
  ],
};
