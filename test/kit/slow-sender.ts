import {connect} from 'node:net';

/** What a client saw that sends a body in pieces, whatever is answered meanwhile, and wants no other answer on its connection. */
export interface Seen {
  readonly answer: string;
  /** Null: nothing broke. */
  readonly broke: string | null;
}

/** Posts so many bytes by `Connection: close`, and goes on sending until all is sent, as most programs do. */
export function sendAll(url: string, {path, length}: {path: string; length: number}): Promise<Seen> {
  const {hostname, port} = new URL(url);
  const {promise, resolve} = Promise.withResolvers<Seen>();
  const socket = connect(Number(port), hostname);
  let answer = '';
  let broke: string | null = null;
  socket.setEncoding('latin1').on('data', (text: string) => {
    answer += text;
  });
  socket.on('error', (error) => {
    broke = error.message;
  });
  socket.on('close', () => resolve({answer, broke}));
  socket.write(
    `POST ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`,
  );
  const piece = Buffer.alloc(65_536, 'a');
  let left = length;
  const goOn = () => {
    while (left > 0) {
      const next = piece.subarray(0, Math.min(left, piece.length));
      left -= next.length;
      if (!socket.write(next)) return;
    }
  };
  socket.on('drain', goOn);
  goOn();
  return promise;
}
