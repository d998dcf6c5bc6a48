/** Whoever pastes the commands of README's "Try it" gets what it promises. */
import test, {type ExecutionContext} from 'ava';
import {runProgram} from '../cluster/run-program.ts';
import {startDip, temporaryFolder} from '../dip-process.ts';
import {project} from '../helm/objects.ts';
import {sectionOf} from './readme.ts';

/** What README says of DIP's address is put in the place of the test's own. */
const address = 'http://127.0.0.1:8080';

/** What a document that was sent in is shown as. */
interface Shown {
  readonly documentId: string;
  readonly status: string;
  readonly category: string | null;
  readonly queue: string | null;
  readonly response: {readonly body: string} | null;
}

/** What each command has to print, by its beginning. */
const printed: Readonly<Record<string, (t: ExecutionContext, stdout: string) => void>> = {
  'npx dip doc submit': (t, stdout) => {
    const documents: Shown[] = JSON.parse(stdout);
    t.is(documents.length, 2);
    for (const document of documents) answered(t, document);
  },
  'curl -F file=': (t, stdout) => answered(t, JSON.parse(stdout)),
  'curl http': (t, stdout) => {
    const {documents}: {documents: Shown[]} = JSON.parse(stdout);
    t.deepEqual(
      documents.map(({status}) => status),
      Array(3).fill('answered'),
    );
  },
  'curl -i ': (t, stdout) => t.regex(stdout, /^HTTP\/1\.1 202 /),
  'alias dip=': (t, stdout) => t.is(stdout, ''),
  'eval "$(dip completion bash)"': (t, stdout) => t.regex(stdout, /^complete .* dip$/m),
};

test('the commands of README can be pasted as they stand, and print what it says', async (t) => {
  const dip = await startDip(await temporaryFolder());
  t.teardown(() => dip.kill());
  const [start, ...commands] = commandsOf(sectionOf('Try it'));

  t.is(start, 'npm ci && npm start');
  t.is(commands.length, Object.keys(printed).length);
  // An alias is for all that is pasted after it, where a shell is told to look at them.
  let shell = `export DIP_SERVER=${dip.url}\nshopt -s expand_aliases`;
  for (const command of commands) {
    if (command.startsWith('alias ')) shell += `\n${command}`;
    const told = command.startsWith('eval ') ? 'complete -p dip' : '';
    const words = [shell, command.replaceAll(address, dip.url), told].join('\n');
    const {code, stdout, stderr} = await runProgram('bash', ['-c', words], {cwd: project});
    t.is(code, 0, `${command}: ${stderr}`);
    const [, look] = Object.entries(printed).find(([beginning]) => command.startsWith(beginning)) ?? [];
    if (look === undefined) t.fail(`Nobody knows what ${command} should print.`);
    else look(t, stdout);
  }
});

function answered(t: ExecutionContext, {status, category, queue, response}: Shown): void {
  t.is(status, 'answered');
  t.not(category, null);
  t.not(queue, null);
  t.regex(response?.body ?? '', /^Dear \S/);
}

/** The commands in a text's blocks of shell, without their comments. */
function commandsOf(text: string): string[] {
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = '']) => block);
  return blocks
    .flatMap((block) => block.replaceAll('\\\n', '').split('\n'))
    .map((line) => line.replace(/\s+# .*$/, '').trim())
    .filter((line) => line !== '');
}
