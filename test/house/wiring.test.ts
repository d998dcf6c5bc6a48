/** Rules about who hears whom: triggers, contracts and services fit each other. */
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import test from 'ava';
import {parse} from 'yaml';
import * as catalogue from '#events';
import {documentReceived, responseGenerated} from '#events';
import {isContract, type Service} from '#kit';
import {matches} from '../../services/manifests/filter/filter.ts';
import type {Destination, Trigger} from '../../services/manifests/manifests.ts';
import {readManifests} from '../../services/manifests/read-manifests.ts';

const project = path.join(import.meta.dirname, '../..');
const folders = ['config/knative', 'triggers'].map((folder) => path.join(project, folder));
const {triggers, services: manifests} = await readManifests(folders);

const types: readonly string[] = Object.values<unknown>(catalogue)
  .filter(isContract)
  .map(({type}) => type);

/** The folders that hold a service: `service.ts` is deployed, `index.ts` is imported. */
const built = readdirSync(path.join(project, 'services')).filter(
  (name) => existsSync(serviceFile(name)) && !existsSync(path.join(project, 'services', name, 'index.ts')),
);

const loaded = await Promise.all(
  built.map(async (name) => {
    const imported: {default: Service} = await import(pathToFileURL(serviceFile(name)).href);
    return imported.default;
  }),
);

/** Those that serve people and hear no events. */
const entrances = loaded.filter(({opens}) => opens !== undefined).map(({name}) => name);

test('a type that a trigger asks for has a contract', (t) => {
  for (const {file} of triggers) {
    for (const type of typesIn(parse(readFileSync(file, 'utf8'))))
      t.true(types.includes(type), `${file}: ${type}`);
  }
});

test('an event of every contract is heard by somebody', (t) => {
  for (const type of types)
    t.true(
      triggers.some(({filter}) => matches(filter, event(type))),
      type,
    );
});

test('a folder with a service has a manifest, and a manifest has a subscriber', (t) => {
  const names = manifests.map(({name}) => name);

  for (const name of built) t.true(names.includes(name), name);
  for (const name of names) t.is(subscribedBy(name).length === 0, entrances.includes(name), name);
});

for (const {name, env} of manifests) {
  const service = loaded.find((one) => one.name === name);
  if (service === undefined) continue;
  test(`${name} hears what it receives and is heard`, (t) => {
    const received = service.contracts.map(({type}) => type);

    t.is(service.name, name);
    for (const type of received) t.true(delivers(subscribedBy(name), type), `no trigger brings ${type}`);
    if (!service.hearsAnything) {
      const unwanted = types.filter((type) => delivers(subscribedBy(name), type) && !received.includes(type));
      t.deepEqual(unwanted, [], 'a trigger brings what it does not receive');
    }
    for (const {type} of service.says)
      t.true(delivers(hearing(env['K_SINK']), type), `nobody hears ${type} of ${name}`);
  });
}

test('a service is called as its folder, and what is started by `dip serve` is one', (t) => {
  t.deepEqual(
    loaded.map(({name}) => name),
    built,
  );
  for (const {name, command} of manifests) if (command?.[0] === 'dip') t.true(built.includes(name), name);
});

test('what a program in another language says has a contract, and is heard', (t) => {
  const said = manifests.flatMap(({name, says, env}) =>
    says.map((type) => ({name, type, sink: env['K_SINK']})),
  );

  t.deepEqual(
    said.filter(({type}) => !types.includes(type)),
    [],
    'services/events has no contract of these',
  );
  t.deepEqual(
    said.filter(({type, sink}) => !delivers(hearing(sink), type)),
    [],
    'nobody hears these',
  );
});

test('a document wakes each service on the way to its answer, and none that it reaches by itself', async (t) => {
  const ahead = await readManifests([...folders, path.join(project, 'config/alternatives/wake-ahead.yaml')]);
  const wakes = ahead.triggers.filter(({subscriber}) => isWakeUp(subscriber));

  const woken = wakes.flatMap(({subscriber}) => (subscriber.kind === 'service' ? [subscriber.name] : []));
  const answer = responseGenerated.type;
  const further = furtherDown(documentReceived.type);
  const onTheWay = further
    .filter(({says}) => says.some(({type}) => type === answer || factsBehind(type).has(answer)))
    .map(({name}) => name);
  t.deepEqual(
    onTheWay.filter((name) => !woken.includes(name)),
    [],
    'would be started one after the other',
  );
  const names = further.map(({name}) => name);
  t.deepEqual(
    woken.filter((name) => !names.includes(name)),
    [],
    'are woken and hear nothing of a document',
  );
  t.true(onTheWay.length >= 3);
  for (const {filter, delivery} of wakes) {
    const wakingTypes = types.filter((type) => matches(filter, event(type)));
    t.deepEqual(wakingTypes, [documentReceived.type]);
    t.is(delivery.retry, 0);
    t.true(delivery.deadLetterSink !== null && isWakeUp(delivery.deadLetterSink));
  }
});

function isWakeUp(destination: Destination): boolean {
  return destination.kind === 'service' && destination.path === '/wake';
}

/** The services that hear what follows from an event, and not the event itself. */
function furtherDown(first: string): Service[] {
  const heard = new Set(heardBy(first));
  const found: Service[] = [];
  for (let next = [...heard]; next.length > 0; ) {
    const following = next.flatMap(({says}) => says.flatMap(({type}) => heardBy(type)));
    next = [...new Set(following)].filter((service) => !heard.has(service));
    for (const service of next) heard.add(service);
    found.push(...next);
  }
  return found;
}

/** All facts that may follow from one. */
function factsBehind(first: string): Set<string> {
  const found = new Set<string>();
  for (let next = [first]; next.length > 0; ) {
    next = next.flatMap(heardBy).flatMap(({says}) => says.map(({type}) => type));
    next = next.filter((type) => !found.has(type));
    for (const type of next) found.add(type);
  }
  return found;
}

function heardBy(type: string): Service[] {
  return loaded.filter(({contracts}) => contracts.some((contract) => contract.type === type));
}

function serviceFile(name: string): string {
  return path.join(project, 'services', name, 'service.ts');
}

function subscribedBy(name: string): Trigger[] {
  return triggers.filter(({subscriber}) => subscriber.kind === 'service' && subscriber.name === name);
}

/** The triggers of the Broker that a service publishes to. */
function hearing(sink: string | undefined): Trigger[] {
  return triggers.filter(({broker}) => broker === sink?.split('/').at(-1));
}

function delivers(some: readonly Trigger[], type: string): boolean {
  return some.some(({filter}) => matches(filter, event(type)));
}

function event(type: string) {
  return {specversion: '1.0', id: 'e', source: '/house', type};
}

/** Every value of a `type:` that a trigger compares with, at any depth. */
function typesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'type' && typeof inner === 'string' ? [inner] : typesIn(inner),
  );
}
