/** The S3 server of config/alternatives/state-for-development.yaml starts with what stands there, and keeps things. */
import {execFile, spawn} from 'node:child_process';
import {once} from 'node:events';
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {setTimeout as wait} from 'node:timers/promises';
import {promisify} from 'node:util';
import test from 'ava';
import {AwsClient} from 'aws4fetch';
import {parseAllDocuments} from 'yaml';
import {temporaryFolder} from '../dip-process.ts';
import {freePort} from '../kit/ports.ts';
import {leash} from './leash.ts';
import {versitygw} from './versitygw.ts';

const file = path.join(import.meta.dirname, '../../config/alternatives/state-for-development.yaml');

interface StoredObject {
  readonly kind: string;
  readonly metadata: {readonly name: string};
}

interface Secret extends StoredObject {
  readonly stringData: Readonly<Record<string, string>>;
}

interface StatefulSet extends StoredObject {
  readonly spec: {
    readonly template: {
      readonly spec: {
        readonly initContainers: readonly {readonly command: readonly string[]}[];
        readonly containers: readonly [Container];
      };
    };
  };
}

interface Container {
  readonly args: readonly string[];
  readonly env: readonly {readonly name: string; readonly value: string}[];
  readonly readinessProbe: {readonly httpGet: {readonly path: string}};
}

test('the S3 server for trials is ready with its own arguments, and keeps an object in the bucket of its Secret', async (t) => {
  t.timeout(10 * 60_000, 'for the server to be built');
  const program = await versitygw();
  const disk = await temporaryFolder();
  const onDisk = (word: string) => word.replaceAll('/data', disk);
  const {initContainers, containers} = objectNamed<StatefulSet>('StatefulSet', 's3').spec.template.spec;
  const [{args, env, readinessProbe}] = containers;
  const {stringData} = objectNamed<Secret>('Secret', 'dip-state');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;

  for (const {command} of initContainers) {
    const [name = '', ...words] = command.map(onDisk);
    await promisify(execFile)(name, words);
  }
  const said = Object.fromEntries(env.map(({name, value}) => [name, value]));
  const server = spawn(program, args.map(onDisk), {
    env: {...said, VGW_PORT: `127.0.0.1:${port}`},
    stdio: 'ignore',
  });
  server.once('exit', leash(server.pid ?? 0));
  t.teardown(async () => {
    const ended = once(server, 'exit');
    if (server.exitCode === null && server.kill()) await ended;
  });
  await answers(`${url}${readinessProbe.httpGet.path}`, () => server.exitCode);

  const client = new AwsClient({
    accessKeyId: stringData['aws-access-key-id'] ?? '',
    secretAccessKey: stringData['aws-secret-access-key'] ?? '',
    service: 's3',
    region: 'us-east-1',
    retries: 0,
  });
  const [, bucket = ''] = /^s3:\/\/([^?]+)/.exec(stringData['blobs-url'] ?? '') ?? [];
  const kept = await client.fetch(`${url}/${bucket}/letter`, {method: 'PUT', body: 'Dear Sirs'});
  t.is(kept.status, 200, await kept.text());
  t.is(await (await client.fetch(`${url}/${bucket}/letter`)).text(), 'Dear Sirs');
});

/** Waits until an address answers 200. @throws Error when the server ends instead. */
async function answers(url: string, exitCode: () => number | null): Promise<void> {
  for (;;) {
    const status = await fetch(url).then(
      (answer) => answer.status,
      () => undefined,
    );
    if (status === 200) return;
    if (exitCode() !== null) throw new Error(`The S3 server ended with ${exitCode()}.`);
    await wait(20);
  }
}

function objectNamed<Shape extends StoredObject>(kind: string, name: string): Shape {
  const documents = parseAllDocuments(readFileSync(file, 'utf8')).map((document): Shape => document.toJS());
  const found = documents.find((one) => one.kind === kind && one.metadata.name === name);
  if (found === undefined) throw new Error(`${file} holds no ${kind} ${name}.`);
  return found;
}
