import {Conflict} from '#cluster';
import {command} from '../command.ts';
import {hint} from '../hint.ts';
import {identityOptions, identitySecret} from '../identity/secret.ts';

export default command({
  name: 'identity create',
  summary: 'Make the keys by which services know the console, where there are none',
  usage: '--context NAME',
  details: `Front doors open to nobody but the console, which signs who asks. The keys are in Secret dip-identity, of which
the console alone mounts the private half. All it takes is the namespace. Where there are keys nothing is changed.
The chart makes them itself; on one machine \`dip dev\` does, at each start.`,
  options: identityOptions,
  examples: [['dip identity create --context prod', 'Before `kubectl apply -f config/knative`, or after it']],
  async run({options, terminal}) {
    const [secret, {newKeyPair}, {entriesOf, halvesIn}] = await Promise.all([
      identitySecret(options, terminal),
      import('#kit/wire'),
      import('../identity/halves.ts'),
    ]);
    const isMade = await secret.create(entriesOf(newKeyPair(new Date()))).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Conflict) return false;
        throw error;
      },
    );
    if (isMade) {
      terminal.note(`The keys are in ${secret.title}. Pods that run already have them within two minutes.`);
      return;
    }
    const held = await secret.read();
    if (held !== undefined) halvesIn(held.entries, secret.title);
    terminal.note(
      `There are keys in ${secret.title} already: nothing is changed. Others: ${hint(terminal, ['identity', 'rotate'], options)}`,
    );
  },
});
