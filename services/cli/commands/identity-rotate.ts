import {command} from '../command.ts';
import {notFound} from '../failure.ts';
import {hint} from '../hint.ts';
import {identityOptions, identitySecret} from '../identity/secret.ts';

export default command({
  name: 'identity rotate',
  summary: 'Add a new pair of keys, and drop those that nobody signs with any more',
  usage: '--context NAME [--revoke]',
  details: `The console signs with a new key five minutes after it has seen it; by then all services know it, and no request
is refused. A key goes with the first rotation that is 15 minutes after its successor was made, so rotate twice to be
rid of one. With --revoke all others go at once: for up to two minutes, until console and services have read the new
pair, some requests get 401. Do so where a private half may have become known.`,
  options: {
    ...identityOptions,
    revoke: {
      type: 'boolean',
      help: 'Drop all other keys at once; some requests get 401 for up to two minutes',
    },
  },
  examples: [
    ['dip identity rotate --context prod', 'Now and then; nobody notices'],
    ['dip identity rotate --context prod --revoke', 'Where somebody may have read the private half'],
  ],
  async run({options, terminal}) {
    const [secret, {withRetries}, {entriesOf, halvesIn, pairsOf, rotated}] = await Promise.all([
      identitySecret(options, terminal),
      import('../cluster/secret.ts'),
      import('../identity/halves.ts'),
    ]);
    const {title} = secret;
    const isRevoked = options.revoke === true;
    const kept = await withRetries(async () => {
      const held = await secret.read();
      if (held === undefined)
        throw notFound(`There is no ${title}. Next: ${hint(terminal, ['identity', 'create'], options)}`);
      const halves = rotated(halvesIn(held.entries, title), {now: new Date(), isRevoked, title});
      // Both halves at once, of what was read: two who rotate at a time would else lose one's private half.
      await secret.change(entriesOf(halves), held.version);
      return pairsOf(halves, title).length;
    });
    terminal.note(
      isRevoked
        ? `All keys in ${title} but a new one are dropped: for up to two minutes some requests get 401.`
        : `${title} has a new pair, ${kept} in all: the console signs with it in five to seven minutes.`,
    );
  },
});
