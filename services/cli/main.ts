/** `dip`: signals, closed pipes and the exit code. The commands are in `commands/`; `start.mjs` comes before. */
import type {Terminal} from './terminal.ts';

process.exitCode = await main();

async function main(): Promise<number> {
  const [{dispatch}, {processTerminal}] = await Promise.all([
    import('./dispatch.ts'),
    import('./terminal.ts'),
  ]);
  const {exit, Failure} = await import('./failure.ts');
  leaveQuietlyWhenNobodyReads();
  const stop = new AbortController();
  const terminal = processTerminal(stop.signal);
  onSignals((code) => {
    if (stop.signal.aborted) process.exit(code);
    stop.abort(new Failure('', code));
  });
  try {
    return await dispatch(process.argv.slice(2), terminal);
  } catch (thrown) {
    const {failureOf} = await import('./cluster/failure-of.ts');
    const error = failureOf(thrown);
    if (!(error instanceof Failure)) return bug(error, terminal, exit.error);
    terminal.progress('');
    if (error.message !== '') terminal.note(error.message);
    return error.exitCode;
  }
}

function onSignals(stop: (exitCode: number) => void): void {
  process.on('SIGINT', () => stop(130));
  process.on('SIGTERM', () => stop(143));
}

/**
 * `dip doc list | head -1` closes the pipe under us; that is no error. What can't be written to a full disk is one, but
 * for a command that goes on without: it listens, too.
 */
function leaveQuietlyWhenNobodyReads(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      if (stream.listenerCount('error') > 1) return;
      if (stream === process.stdout)
        process.stderr.write(`What dip prints could not be written: ${error.message}.\n`);
      process.exit(1);
    });
  }
}

function bug(error: unknown, terminal: Terminal, exitCode: number): number {
  terminal.note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return exitCode;
}
