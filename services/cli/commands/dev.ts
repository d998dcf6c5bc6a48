import {existsSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {command} from '../command.ts';
import {exit, Failure, messageOf, misused} from '../failure.ts';
import {hint} from '../hint.ts';
import {manifestPaths, manifests, root} from '../manifests.ts';
import type {Terminal} from '../terminal.ts';

export default command({
  name: 'dev',
  summary: 'Run all of DIP on this machine',
  usage: '[--port N] [--data-dir DIR | --ephemeral]',
  details: `Reads the manifests as they are: the brokers and triggers work as on a cluster, and each service is started when the
first event reaches it. Ctrl-C ends the work under way and stops; what is left is done after the next start.
What of the manifests is for clusters alone: dip doctor --local`,
  options: {
    port: {
      type: 'string',
      short: 'p',
      value: 'N',
      help: 'Port to listen on; 0 takes a free one (default 8080)',
    },
    host: {
      type: 'string',
      value: 'ADDRESS',
      help: 'Address to listen on (default 127.0.0.1: this machine alone)',
    },
    'data-dir': {type: 'string', value: 'DIR', help: 'Where all data is kept (default .dip)'},
    ephemeral: {type: 'boolean', help: 'Keep data in a temporary folder, deleted at the end'},
    manifests,
  },
  examples: [
    ['npm start', 'The same as `npx dip dev`'],
    ['npm start -- --port 9000 --ephemeral', 'On another port, and nothing is kept'],
  ],
  async run({options, terminal}) {
    const port = readPort(options.port);
    // All that is made from here on, by the services too, holds people's letters, and is for nobody else of this machine.
    process.umask(0o077);
    const dataDirectory = await dataDirectoryOf(options);
    try {
      await runUntilStopped(
        {
          port,
          dataDirectory,
          isKept: !options.ephemeral,
          host: options.host ?? '127.0.0.1',
          manifests: options.manifests,
        },
        await lasting(terminal),
      );
    } finally {
      if (options.ephemeral) await rm(dataDirectory, {recursive: true, force: true});
    }
    return exit.ok;
  },
});

/** A terminal for what runs for days: a full disk under its output takes lines, and never DIP. */
async function lasting(terminal: Terminal): Promise<Terminal> {
  const {goOnUnheard, lineWriter} = await import('#kit/wire');
  goOnUnheard();
  return {...terminal, print: lineWriter(1), note: lineWriter(2)};
}

interface Run {
  port: number;
  host: string;
  dataDirectory: string;
  /** Whether the data is there for the next start. */
  isKept: boolean;
  manifests: string[] | undefined;
}

async function runUntilStopped(run: Run, terminal: Terminal): Promise<void> {
  const begin = performance.now();
  const stopTelemetry = await telemetryOf(terminal);
  try {
    await runLocal(run, terminal, begin);
  } finally {
    await stopTelemetry();
  }
}

/** The broker's own spans; the services send theirs themselves. First, as it has to be there when the rest begins. */
async function telemetryOf(terminal: Terminal): Promise<() => Promise<void>> {
  const {startTelemetry, readTelemetry} = await import('#kit/wire');
  try {
    return await startTelemetry(readTelemetry(terminal.env), {
      service: 'local-broker',
      log: (_level, sentence) => terminal.note(sentence),
    });
  } catch (error) {
    throw new Failure(messageOf(error), exit.error, {cause: error});
  }
}

async function runLocal(
  {port, host, dataDirectory, isKept, manifests}: Run,
  terminal: Terminal,
  begin: number,
): Promise<void> {
  const [{startLocal, FolderTaken}, {foldNotes}] = await Promise.all([
    import('#local'),
    import('#manifests'),
  ]);
  const local = await startLocal({
    port,
    host,
    dataDirectory,
    manifests: manifestPaths(manifests),
    directory: root,
    dip: [process.execPath, path.join(root, 'services/cli/start.mjs')],
    environment: process.env,
    say: (sentence) => terminal.note(sentence),
  }).catch((error: unknown) => {
    if (error instanceof FolderTaken) {
      throw new Failure(
        `The data folder ${dataDirectory} belongs to ${error.message}. Stop that one first, or choose another folder with --data-dir.`,
      );
    }
    throw new Failure(messageOf(error), exit.error, {cause: error});
  });
  for (const note of foldNotes(local.notes, process.cwd())) terminal.note(note);
  if (local.services === 0) {
    terminal.note(
      `The manifests in ${manifestPaths(manifests).join(' and ')} hold no Knative Service: nothing will run.`,
    );
  }
  terminal.print(`DIP is up at ${local.url} (${Math.round(performance.now() - begin)} ms)
  data      ${dataDirectory}
  process   ${process.pid}
  services  ${local.services} at zero, ${local.triggers} triggers${local.backlog > 0 ? `, ${local.backlog} deliveries left from before` : ''}
  next      ${hint(terminal, ['doc', 'submit', letterFrom(process.cwd()), '--wait', '-o', 'json'], {server: local.url})}`);
  const told = new Promise<undefined>((resolve) => {
    if (terminal.signal.aborted) resolve(undefined);
    terminal.signal.addEventListener('abort', () => resolve(undefined));
  });
  const loss = await Promise.race([told, local.lost]);
  if (loss !== undefined) {
    await Promise.race([local.stop(), wait(drainMs, undefined, {ref: false})]);
    throw new Failure(loss);
  }
  const rest = isKept ? 'the rest is kept for the next start' : 'the rest is deleted with all data';
  terminal.note(`Stopping: work under way is ended, ${rest}. Ctrl-C again stops at once.`);
  await Promise.race([local.stop(), wait(drainMs, undefined, {ref: false})]);
}

/** A letter to begin with, as somebody in this folder names it. */
function letterFrom(folder: string): string {
  const letter = path.relative(folder, path.join(root, 'examples/letters/letter.pdf'));
  return existsSync(path.join(folder, letter)) ? letter : 'letter.pdf';
}

/** Work that does not end in this time is done again after the next start. */
const drainMs = 10_000;

function readPort(value = '8080'): number {
  const port = Number(value);
  if (/^\d+$/.test(value) && port <= 65_535) return port;
  throw misused(`Expected --port from 0 to 65535, got ${JSON.stringify(value)}.`);
}

async function dataDirectoryOf(options: {
  'data-dir'?: string | undefined;
  ephemeral?: boolean | undefined;
}): Promise<string> {
  if (!options.ephemeral) return path.resolve(options['data-dir'] ?? '.dip');
  if (options['data-dir'] !== undefined) throw misused('Expected --data-dir or --ephemeral, got both.');
  return mkdtemp(path.join(tmpdir(), 'dip-'));
}
