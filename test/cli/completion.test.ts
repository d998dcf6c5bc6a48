import {accessSync, constants, readdirSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import test from 'ava';
import {commands} from '../../services/cli/registry.ts';
import {dip} from './process.ts';
import {shell} from './shell.ts';

/** What each shell says of a command line that ends where the cursor is: the words it would complete. */
const completing = {
  bash: (line: string) => {
    const words = line.split(' ').map((word) => `'${word}'`);
    return `COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _dip; printf '%s\n' "\${COMPREPLY[@]}"`;
  },
  zsh: (line: string) => {
    const words = line.split(' ').map((word) => `'${word}'`);
    return `words=(${words.join(' ')}); CURRENT=${words.length}; PREFIX=$words[-1]; _dip`;
  },
  fish: (line: string) => `complete -C '${line}'`,
} as const;

/** In a script nothing of zsh's completion is there: what would show is printed. */
const before = {
  bash: '',
  zsh: `compdef() { : }
_files() { print files }
compadd() { shift; print -l -- $@ }
_describe() { [[ $1 != -o ]] || shift; print -l -- \${\${(P)2}%%:*} }
`,
  fish: '',
} as const;

const lines: [line: string, offered: string[], not: string[]][] = [
  ['dip do', ['doc', 'doctor'], []],
  ['dip doc ', ['submit', 'list', 'describe', 'resume'], ['build']],
  ['dip doc list --s', ['--status', '--server'], ['--wait']],
  ['dip doc list --status ', ['in-work', 'answered', 'closed', 'part', 'rejected', 'failed'], ['wide']],
  ['dip event build -o ', ['json', 'yaml', 'curl', 'http'], ['wide']],
  ['dip event send com.dip.rou', ['com.dip.routing.decided'], []],
  ['dip completion ', ['bash', 'zsh', 'fish'], []],
  ['dip dev --', ['--port', '--ephemeral', '--help'], ['--wait']],
];

for (const program of ['bash', 'zsh', 'fish'] as const) {
  const isThere = (process.env['PATH'] ?? '').split(delimiter).some((folder) => isProgram(folder, program));
  if (!isThere) console.error(`SKIPPED: ${program} is not installed, so its completion was not tried`);
  (isThere ? test : test.skip)(`${program} completes commands, options and what they can be`, async (t) => {
    const {code, stdout} = await dip(['completion', program]);
    t.is(code, 0);

    for (const [line, offered, not] of lines) {
      const said = await shell(program, `${before[program]}${stdout}\n${completing[program](line)}`);
      const words = said.split('\n').map((word) => word.split('\t')[0]);
      for (const word of offered) t.true(words.includes(word), `${line}: ${word} of ${said}`);
      for (const word of not) t.false(words.includes(word), `${line}: ${word}`);
    }
  });
}

test('bash completes files where nothing else is known, and after an option that takes any value', async (t) => {
  const {stdout} = await dip(['completion', 'bash']);

  for (const line of ['dip doc submit READ', 'dip event send -f ev', 'dip doc submit --name x'])
    t.is(await shell('bash', `${stdout}\n${completing.bash(line)}`), '\n', line);
  t.regex(await shell('bash', `${stdout}\ncomplete -p dip`), /-o default -F _dip dip$/m);
});

test('every command and every option of it is in each script', async (t) => {
  const scripts = await Promise.all(['bash', 'zsh', 'fish'].map((program) => dip(['completion', program])));

  for (const {name, load} of commands) {
    const {default: command} = await load();
    for (const {stdout} of scripts) {
      t.true(stdout.includes(name), name);
      for (const option of Object.keys(command.options))
        t.true(stdout.includes(option), `${name} --${option}`);
    }
  }
});

test('a shell that is not known is a wrong use', async (t) => {
  const {code, stderr} = await dip(['completion', 'fisch']);

  t.is(code, 2);
  t.is(stderr, 'There is completion for bash, zsh, fish, got `fisch`; did you mean `fish`?\n');
});

function isProgram(folder: string, name: string): boolean {
  try {
    if (!readdirSync(folder).includes(name)) return false;
    accessSync(join(folder, name), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
