import {mkdirSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {startDip} from '../cli/process.ts';
import {putToken} from '../console/desk.ts';
import {freePort} from '../kit/ports.ts';
import {folder, makeKeys} from '../kit/serving.ts';
import {subscriber} from '../local/subscriber.ts';
import {receiver} from './receiver.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const caller = '00f067aa0ba902b7';

test('a console’s span is between the person’s and the service’s, and its line names the trace', async (t) => {
  const [collector, behind, port] = await Promise.all([receiver(t), subscriber(t), freePort()]);
  const tokens = path.join(folder(t), 'tokens');
  mkdirSync(tokens);
  const authorization = `Bearer ${putToken(tokens, 'ann', {role: 'submit'})}`;
  const keys = folder(t);
  makeKeys(keys);
  const env = {
    PORT: String(port),
    DIP_SERVICES_URL: `${behind.url}/{service}`,
    DIP_TOKENS_DIR: tokens,
    DIP_IDENTITY_DIR: keys,
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  };
  const console = startDip(['serve', 'console'], {env});
  const url = `http://127.0.0.1:${port}`;
  while (
    !(await fetch(`${url}/readyz`).then(
      ({ok}) => ok,
      () => false,
    ))
  );

  const traceparent = `00-${trace}-${caller}-01`;
  await fetch(`${url}/api/archive/documents/doc-1?q=secret`, {headers: {authorization, traceparent}});
  await fetch(`${url}/api/archive/documents/doc-1`, {headers: {traceparent}});
  console.interrupt();
  const {code, stdout} = await console.ended;

  t.is(code, 0);
  const [span, ...others] = collector.spans.filter(({kind}) => kind === 'server');
  t.deepEqual(others, [], 'who shows no token gets no span');
  t.like(span, {name: 'GET /api/archive/documents/:id', traceId: trace, parentSpanId: caller});
  t.like(span?.attributes, {'http.response.status_code': 202, 'http.route': '/api/archive/documents/:id'});
  t.is(behind.received[0]?.headers['traceparent'], `00-${trace}-${span?.spanId}-01`);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line): Record<string, unknown> => JSON.parse(line))
    .filter(({message}) => message === 'request');
  t.like(lines[0], {person: 'ann', trace_id: trace, span_id: span?.spanId ?? ''});
  t.like(lines[1], {status: 401, trace_id: undefined});
  t.false(
    JSON.stringify(collector.spans, (_, value) => (typeof value === 'bigint' ? '' : value)).includes(
      'secret',
    ),
  );
});
