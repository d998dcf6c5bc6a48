import http, {type IncomingMessage} from 'node:http';
import {connect, type Socket} from 'node:net';
import {text} from 'node:stream/consumers';
import test, {type ExecutionContext} from 'ava';
import {type Dip, startDip, temporaryFolder} from '../dip-process.ts';

const letter = 'My mortgage payment of $100.00 was booked twice.';

test('a limit of open files that is too low is one sentence with what it is and what to set', async (t) => {
  const starting = startDip(await temporaryFolder(), [], {}, 'ulimit -n 64');

  await t.throwsAsync(starting, {
    message:
      'DIP ended with 1: DIP needs 256 open files or more, and may have 64 here (ulimit -n). Set more, such as `ulimit -n 1024`, in the shell that starts it.\n',
  });
});

test('when no more files can be open, uploads hear 503, and once they can all is well', async (t) => {
  const dip = await startDip(await temporaryFolder(), [], {}, 'ulimit -n 256');
  t.teardown(() => dip.kill());
  const kept = new http.Agent({keepAlive: true, maxSockets: 1});
  t.teardown(() => kept.destroy());
  t.is((await upload(dip, {agent: kept})).statusCode, 202);
  const others = await allConnections(t, dip);

  const refused = await upload(dip, {agent: kept});

  t.is(refused.statusCode, 503, await text(refused));
  t.is(refused.headers['retry-after'], '5');
  for (const socket of others) socket.destroy();
  const answered = await upload(dip, {agent: kept, headers: {prefer: 'wait=30'}});
  t.is(answered.statusCode, 200);
  t.regex(await text(answered), /"status": ?"answered"/);
});

/** Opens connections until one is not taken any more. */
async function allConnections(t: ExecutionContext, {url}: Dip): Promise<Socket[]> {
  const {hostname, port} = new URL(url);
  const open: Socket[] = [];
  t.teardown(() => {
    for (const socket of open) socket.destroy();
  });
  for (;;) {
    const socket = connect(Number(port), hostname).on('error', () => {});
    open.push(socket);
    const answers = new Promise<boolean>((resolve) => {
      socket.once('data', () => resolve(true)).once('close', () => resolve(false));
    });
    socket.write('HEAD / HTTP/1.1\r\nhost: localhost\r\n\r\n');
    if (!(await answers)) return open;
  }
}

function upload(
  {url}: Dip,
  {agent, headers = {}}: {agent: http.Agent; headers?: Record<string, string>},
): Promise<IncomingMessage> {
  const asked = {method: 'POST', agent, headers: {'content-type': 'text/plain', ...headers}};
  return new Promise((resolve, reject) => {
    const request = http.request(`${url}/api/ingestion/documents`, asked, (answer) => {
      // Read at once, so that its connection is there for the next.
      const whole = answer.statusCode === 202 ? answer.resume() : answer;
      resolve(whole);
    });
    request.on('error', reject);
    request.end(letter);
  });
}
