import {command} from '../command.ts';
import {notFound} from '../failure.ts';
import {hint} from '../hint.ts';
import {storeOf, storeOptions} from '../tokens/store.ts';

export default command({
  name: 'token revoke',
  summary: 'Take a token back: who holds it gets in no more',
  usage: 'NAME [--data-dir DIR | --context NAME]',
  operands: [1, 1],
  options: storeOptions,
  examples: [
    ['dip token revoke post-room', 'On this machine'],
    ['dip token revoke ann --context prod', 'On a cluster'],
  ],
  async run({options, operands: [name = ''], terminal}) {
    const {isTokenName} = await import('#gateway');
    const store = await storeOf(options, terminal);
    // What can be no token's name may be another file's.
    if (!isTokenName(name) || !(await store.remove(name)))
      throw notFound(
        `There is no token ${name} in ${store.place}. Next: ${hint(terminal, ['token', 'list'], options)}`,
      );
    terminal.note(`The token ${name} is taken back; who holds it gets in no more within ${store.delay}.`);
  },
});
