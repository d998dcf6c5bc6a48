import {connect} from 'node:net';

/** What came of bytes that were sent to a port. */
export interface Heard {
  /** Of the first answer; undefined: there was none. */
  readonly status: number | undefined;
  /** Whether the other side ended it; false: it said nothing more until the patience was over. */
  readonly isOver: boolean;
  /** Milliseconds to the answer, or to the end. */
  readonly ms: number;
  readonly said: string;
}

/** How long a stranger waits: a request that takes longer has hung. */
const patienceMs = 20_000;

/**
 * Sends bytes as no client would, and hears what is said to them.
 *
 * @param url of DIP, on this machine
 * @param isCut whether the sender goes away in the middle and waits for nothing
 * @param isAll whether the sender says that nothing more follows: a head that does not end is then at an end
 */
export function sendRaw(url: string, bytes: Buffer, {isCut = false, isAll = false} = {}): Promise<Heard> {
  const {hostname, port} = new URL(url);
  const begin = performance.now();
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let said = '';
    const hear = (isOver: boolean) => {
      clearTimeout(impatient);
      socket.destroy();
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(said)?.[1];
      const ms = performance.now() - begin;
      resolve({status: status === undefined ? undefined : Number(status), isOver, ms, said});
    };
    const impatient = setTimeout(() => hear(false), isCut ? 50 : patienceMs);
    socket.on('data', (chunk: Buffer) => {
      said += chunk.toString('latin1');
      if (isWhole(said)) hear(true);
    });
    // A refusal may come before all is sent, and writing on breaks then: what was said first is what counts.
    socket.on('error', () => hear(true));
    socket.on('end', () => hear(true));
    socket.on('close', () => hear(true));
    if (isAll) socket.end(bytes);
    else socket.write(bytes);
  });
}

function isWhole(said: string): boolean {
  const end = said.indexOf('\r\n\r\n');
  if (end < 0 || /^HTTP\/1\.1 100 /.test(said)) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(said.slice(0, end + 2))?.[1];
  return length !== undefined && said.length >= end + 4 + Number(length);
}
