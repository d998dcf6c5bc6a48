import {once} from 'node:events';
import {mkdtemp, rm} from 'node:fs/promises';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {NamedFinding} from '../../../services/cli/doctor/finding.ts';
import {writeKubeconfig} from '../../cluster/kubeconfig.ts';
import {startDip} from '../../dip-process.ts';
import {freePort} from '../../kit/ports.ts';
import {dip} from '../process.ts';
import {deserted, standIn} from '../stand-in.ts';

const project = path.join(import.meta.dirname, '../../..');

test('without a cluster this machine is looked at, and how to name one is said', async (t) => {
  const folder = await temporary(t);
  const port = String(await freePort());

  const {code, stdout, stderr} = await dip(['doctor', '--data-dir', folder, '--port', port], {
    env: {HOME: folder},
  });

  t.is(code, 0);
  t.regex(stdout, /^CHECK +STANDING +FINDING\nnode +ok +Node /);
  t.regex(stdout, /^manifests +ok +The manifests are 2 Brokers, \d+ Triggers and \d+ Knative Services\.$/m);
  t.regex(stdout, /^data-folder +ok +The data folder \S+ can be written, and no DIP has it\.$/m);
  t.regex(stdout, new RegExp(`^port +ok +Port ${port} is free\\.$`, 'm'));
  t.regex(
    stdout,
    /^manifests +ok +config\/knative\/\S+ and \d+ more: of spec\.template these have no effect on one/m,
  );
  t.regex(stderr, /^0 wrong, 0 warnings, \d+ ok, 0 skipped at this machine\.\n/);
  t.regex(stderr, /\nThere is no kubeconfig; to look at a cluster: dip doctor --kubeconfig FILE\n$/);
});

test('a DIP that runs is found by its folder and its port', async (t) => {
  const folder = await temporary(t);
  const running = await startDip(folder);
  t.teardown(() => running.stop());
  const {port} = new URL(running.url);

  const findings = await found(['doctor', '--local', '--data-dir', folder, '--port', port]);

  t.regex(
    findings.find(({check}) => check === 'data-folder')?.sentence ?? '',
    new RegExp(`belongs to the DIP with process id ${running.pid} at `),
  );
  t.is(findings.find(({check}) => check === 'port')?.sentence, `A DIP answers at ${running.url}.`);
});

test('a port of somebody else is a warning, and no failure', async (t) => {
  const stranger = createServer((socket) => socket.end());
  stranger.listen(0, '127.0.0.1');
  await once(stranger, 'listening');
  t.teardown(() => void stranger.close());
  const address = stranger.address();
  const port = String(typeof address === 'object' ? address?.port : '');

  const {code, stdout, stderr} = await dip(['doctor', '--local', '--port', port, '-o', 'name']);

  t.deepEqual([code, stdout], [0, 'port\n']);
  t.regex(stderr, /^0 wrong, 1 warning, /);
});

test('broken manifests are wrong: exit code 4', async (t) => {
  const {code, stdout} = await dip(['doctor', '--local', '--manifests', path.join(project, 'package.json')]);

  t.is(code, 4);
  t.regex(stdout, /^manifests +wrong +\S+package\.json: an object has no apiVersion/m);
});

test('with -o wide what to do stands beside each finding, in one column for all', async (t) => {
  const files = path.join(project, 'package.json');
  const {stdout, stderr} = await dip(['doctor', '--local', '--manifests', files, '-o', 'wide']);

  const [titles = '', ...lines] = stdout.trimEnd().split('\n');
  const column = titles.indexOf('NEXT');
  t.regex(titles, /^CHECK +STANDING +FINDING +NEXT$/);
  t.true(lines.length > 2);
  for (const line of lines) t.is(line.slice(column - 2, column), '  ', line);
  t.is(lines.find((line) => line.startsWith('manifests'))?.slice(column, column + 7), 'Correct');
  t.regex(stderr, /^1 wrong, /);
});

test('a cluster that can not be asked is exit code 1', async (t) => {
  const url = await deserted();
  const kubeconfig = await writeKubeconfig(t, url);

  const {code, stdout, stderr} = await dip(['doctor', '--kubeconfig', kubeconfig]);

  t.deepEqual([code, stdout], [1, '']);
  t.regex(stderr, new RegExp(`^Nothing answers at ${url}:`));
});

test('who may see nothing gets a list of the rights that are missing, and a bare cluster is wrong', async (t) => {
  const {url} = await standIn(t, ({line}) => {
    if (line === 'GET /version') return {status: 200, json: {gitVersion: 'v1.35.0'}};
    const resources = [{name: 'configmaps', kind: 'ConfigMap', namespaced: true}];
    if (line === 'GET /api/v1') return {status: 200, json: {resources}};
    return line.startsWith('GET /apis/') && line.split('/').length === 4
      ? {status: 404, json: {}}
      : {status: 403, json: {kind: 'Status', message: 'forbidden'}};
  });
  const kubeconfig = await writeKubeconfig(t, url);

  const {code, stdout} = await dip(['doctor', '--kubeconfig', kubeconfig, '-o', 'json']);

  const findings: NamedFinding[] = JSON.parse(stdout);
  t.is(code, 4);
  const skipped = findings.filter(({standing}) => standing === 'skipped').map(({sentence}) => sentence);
  t.true(skipped.includes('You may not list configmaps in namespace dip, so this was not looked at.'));
  t.true(
    skipped.includes(
      'You may not list deployments.apps in namespace knative-eventing, so this was not looked at.',
    ),
  );
  t.truthy(findings.find(({check, subject}) => check === 'apis' && subject === 'eventing.knative.dev'));
});

test('this machine and a cluster at once are refused', async (t) => {
  const {code, stderr} = await dip(['doctor', '--local', '--context', 'x']);

  t.is(code, 2);
  t.regex(stderr, /^`--local` looks at this machine/);
});

async function found(words: readonly string[]): Promise<NamedFinding[]> {
  return JSON.parse((await dip([...words, '-o', 'json'])).stdout);
}

async function temporary(t: ExecutionContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dip-doctor-'));
  t.teardown(() => rm(folder, {recursive: true, force: true}));
  return folder;
}
