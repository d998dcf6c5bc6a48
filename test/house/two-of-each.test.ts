/** No module keeps state: two instances of every service in one process are two. */
import {cpSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {documentClassified, documentShown, lettersShown, routingDecided} from '#events';
import {type CloudEvent, dataAs, type Service} from '#kit';
import {readModel} from '../../services/classification/model.ts';
import {readTemplates} from '../../services/response/templates.ts';
import {readRules} from '../../services/routing/rules.ts';
import {openConsole} from '../console/desk.ts';
import {broker, deliver, folder, letter, type Running, serving} from '../kit/serving.ts';
import {shown} from '../kit/shown.ts';
import {foldersIn, type SourceFile, sourceFiles} from './source-files.ts';

const project = path.join(import.meta.dirname, '../..');
const sources = sourceFiles('services');
const deployed = foldersIn('services').filter((name) =>
  sources.some((file) => file.name === `services/${name}/service.ts`),
);

/** All services on one data folder, as on one machine; what they read is marked with a word of their own. */
interface House {
  readonly services: ReadonlyMap<string, Running>;
  readonly taken: CloudEvent[];
}

async function house(t: ExecutionContext, word: string): Promise<House> {
  const dataDirectory = folder(t);
  const {url: sink, taken} = await broker(t);
  const services = new Map<string, Running>();
  for (const name of deployed.filter((one) => one !== 'console')) {
    const {default: service}: {default: Service} = await import(`../../services/${name}/service.ts`);
    const start = startsMarked(t, word)[name] ?? service.start;
    const marked = start === undefined ? service : {...service, start};
    const identityDirectory = path.join(dataDirectory, 'identity', name);
    services.set(name, await serving(t, marked, {dataDirectory, identityDirectory, sink}));
  }
  return {services, taken};
}

/** Another model, other rules and other letters, by what their services start with. */
function startsMarked(t: ExecutionContext, word: string): Record<string, () => Promise<unknown>> {
  const of = (...names: string[]) => path.join(project, 'services', ...names);
  return {
    classification: async () => ({
      model: {...(await readModel(of('classification/models/consumer-finance-1.1.0.model'))), name: word},
      findSignals: () => [],
    }),
    routing: async () =>
      readRules(
        readFileSync(of('routing/rules.yaml'), 'utf8').replaceAll(/queue: [a-z-]+/g, `queue: ${word}`),
        'rules.yaml',
      ),
    response: async () => {
      const templates = folder(t);
      cpSync(of('response/templates'), templates, {recursive: true});
      for (const name of readdirSync(templates)) {
        const file = path.join(templates, name);
        writeFileSync(file, `${readFileSync(file, 'utf8')}\n${word}\n`);
      }
      return {letters: readTemplates(templates), organization: {nameIn: () => null}};
    },
  };
}

/** A document's way through all services of a house, as a broker would carry it. */
async function carry({services, taken}: House, text: string): Promise<{facts: CloudEvent[]; id: string}> {
  const of = (name: string) => services.get(name) ?? raise(`There is no ${name}.`);
  const headers = {'content-type': 'text/plain'};
  const {body} = await of('ingestion').ask('/documents', {method: 'POST', headers, body: text});
  const {documentId: id, eventId}: {documentId: string; eventId: string} = JSON.parse(body.toString());
  const facts = [taken.find(({attributes}) => attributes['id'] === eventId) ?? raise('It was not told.')];
  for (const name of ['ingestion', 'classification', 'routing', 'response']) {
    const cause = facts.at(-1) ?? raise('There is no fact.');
    const {reply, status} = await deliver(of(name).url, cause);
    facts.push(reply ?? raise(`${name} answered ${status}: ${of(name).lines.at(-1)}`));
  }
  await Promise.all(facts.map((fact) => deliver(of('archive').url, fact)));
  return {facts, id};
}

function raise(sentence: string): never {
  throw new Error(sentence);
}

const words = (number: number) =>
  `Dear bank, number ${number}: I was charged twice on my credit card and nobody answers my letters.`;

test('two of each service work side by side, each with its own model, rules and letters', async (t) => {
  const houses = [await house(t, 'one'), await house(t, 'other')];

  const ways = await Promise.all(
    houses.map((one, which) =>
      Promise.all([0, 1, 2, 3].map((number) => carry(one, words(10 * which + number)))),
    ),
  );

  for (const [which, word] of ['one', 'other'].entries())
    for (const {facts, id} of ways[which] ?? []) {
      const [, , classified, decided] = facts;
      t.is(classified && dataAs(classified, documentClassified).model.name, word);
      t.is(decided && dataAs(decided, routingDecided).queue, word);
      const archive = houses[which]?.services.get('archive') ?? raise('There is no archive.');
      const {status, response} = shown(t, documentShown, await archive.ask(`/documents/${id}`));
      t.is(status, 'answered');
      t.true(response?.body?.trim().endsWith(`\n${word}`), response?.body ?? 'none');
    }
});

test('one that stops ends nothing of the other', async (t) => {
  const [one, other] = [await house(t, 'one'), await house(t, 'other')];

  const underWay = [carry(other, words(1)), carry(other, words(2))];
  await Promise.all([...one.services.values()].map(({stop}) => stop()));
  const ended = await Promise.all(underWay);
  const after = await carry(other, words(3));

  t.is(new Set([...ended, after].map(({id}) => id)).size, 3);
});

test('who waits at one archive hears nothing of the other', async (t) => {
  const [one, other] = [await house(t, 'one'), await house(t, 'other')];
  const {facts, id} = await carry(one, words(1));
  const [first] = facts;
  const archive = other.services.get('archive') ?? raise('There is no archive.');
  await deliver(archive.url, first ?? raise('There is no fact.'));

  const waited = await archive.ask(`/documents/${id}`, {headers: {prefer: 'wait=1'}});

  t.is(shown(t, documentShown, waited).status, 'in-work');
  t.is(waited.headers.get('preference-applied'), null);
});

test('what one keeps of dead letters the other does not', async (t) => {
  const [one, other] = [await house(t, 'one'), await house(t, 'other')];
  const kept = async ({services}: House) =>
    shown(t, lettersShown, (await services.get('dead-letter')?.ask('/letters')) ?? raise('None.')).letters
      .length;

  await deliver(one.services.get('dead-letter')?.url ?? '', letter('1'));

  t.deepEqual([await kept(one), await kept(other)], [1, 0]);
});

test('a token of one console lets nobody in at the other', async (t) => {
  const desks = [
    await openConsole(t, 'http://127.0.0.1:1/{service}'),
    await openConsole(t, 'http://127.0.0.1:1/{service}'),
  ];
  const [one, other] = desks;
  const statusAt = async (url = '', authorization = '') =>
    (await fetch(`${url}/api/archive/documents`, {headers: {authorization}})).status;

  t.is(await statusAt(other?.url, one?.bearer.operate.authorization), 401);
  t.not(await statusAt(one?.url, one?.bearer.operate.authorization), 401);
});

/** What is a process's by its nature. */
const mayKeep: Readonly<Record<string, string>> = {
  'services/kit/contract.ts': 'which types there are is said by the code, before anything starts',
  'services/kit/telemetry/metrics.ts': 'OpenTelemetry is one a process',
  'services/kit/telemetry/span.ts': 'OpenTelemetry is one a process',
  'services/ingestion/extract/pdf/pdf.ts':
    'it runs in a thread of its own, and a library is loaded into it once',
};

test('no module of a service keeps what changes', (t) => {
  const keeping = sources
    .filter(({name}) => !/^services\/(local|cli|image)\//.test(name))
    .filter((file) => kept(file).length > 0)
    .map(({name}) => name);

  t.deepEqual(
    keeping.filter((name) => !(name in mayKeep)),
    [],
  );
  t.deepEqual(
    Object.keys(mayKeep).filter((name) => !keeping.includes(name)),
    [],
    'these keep nothing any more, and are to be taken off the list',
  );
});

test('each of these would be found', (t) => {
  for (const text of [
    'let last = 0;',
    'export let last: Thing | undefined;',
    'const seen = new Set<string>();',
    'export const waiting: Map<string, Thing> = new Map();',
    'const told = new EventEmitter({captureRejections: false});',
    'const left: string[] = [];',
    'const byName: Record<string, number> = {};',
    'const database = new DatabaseSync(file);',
    'const end = Promise.withResolvers<void>();',
  ])
    t.is(kept({name: 'x.ts', text}).length, 1, text);
});

test('none of these is taken for one', (t) => {
  for (const text of ["const known = new Set(['a']);", 'function f() {\n  let x = 0;\n}', 'const limit = 3;'])
    t.deepEqual(kept({name: 'x.ts', text}), [], text);
});

/** Lines at the top of a module that declare what can change: a variable, or something empty that is to be filled. */
function kept({text}: SourceFile): string[] {
  const changing =
    /^(export )?(let|var) |^(export )?const .*= (new \w*(Map|Set|Queue)(<.*>)?\(\)|new \w*(Emitter|Target|Controller|Database\w*|Worker|Pool)\b|\[\];|\{\};|Promise\.withResolvers)/;
  return text.split('\n').filter((line) => changing.test(line));
}
