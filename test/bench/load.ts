/**
 * The load: keep-alive connections, each of which posts its event of 1 KiB again as soon as it has the answer. As
 * lean as can be, since it shares the machine with what it measures. Arguments: port, connections, events in all, path, status.
 */
import {connect} from 'node:net';

const [, , port, connections = '64', events = '1', path = '/dip/default', status = '202'] = process.argv;
let left = Number(events);
let open = Number(connections);

for (let n = 0; n < Number(connections); n++) {
  const post = requestOf(n);
  const socket = connect({host: '127.0.0.1', port: Number(port), noDelay: true});
  let underWay = false;
  const next = () => {
    if (left === 0) {
      socket.end();
      return;
    }
    left--;
    underWay = true;
    socket.write(post);
  };
  socket.on('connect', next);
  socket.on('data', (bytes) => {
    // An answer has no body and comes in one piece.
    if (bytes.toString('latin1', 9, 12) !== status) throw new Error(bytes.toString('latin1'));
    underWay = false;
    next();
  });
  socket.on('close', () => {
    if (underWay) throw new Error('A connection was closed in the midst of a request.');
    open--;
    if (open === 0) process.exit();
  });
}

function requestOf(n: number): Buffer {
  const body = JSON.stringify({n, text: 'x'.repeat(1000)}).padEnd(1024);
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    'ce-specversion: 1.0',
    `ce-id: event-${n}`,
    'ce-type: com.example.happened',
    'ce-source: /bench',
    `ce-subject: document-${n}`,
    `ce-partitionkey: document-${n}`,
    'ce-time: 2026-01-31T09:00:00.000Z',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}
