import {readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {parseAllDocuments} from 'yaml';
import {temporaryFolder} from '../dip-process.ts';
import {project} from '../helm/objects.ts';
import {dip} from './process.ts';

const kept = fileURLToPath(new URL('../../config/knative/60-eventtypes.yaml', import.meta.url));

test('the EventTypes of the manifests are those that the contracts make', async (t) => {
  const {stdout, code} = await dip(['manifests', 'eventtypes']);

  t.is(code, 0);
  t.is(stdout, await readFile(kept, 'utf8'), 'run `npm run generate`');
});

test('what a service in another language says is told by its manifest, and has to have a contract', async (t) => {
  const folder = await temporaryFolder();
  const example = await readFile(
    path.join(project, 'examples/reading-time-python/40-reading-time.yaml'),
    'utf8',
  );
  const types = async (says: string) => {
    await writeFile(path.join(folder, 'service.yaml'), example.replace(/(dip\.dev\/says:) .*/, `$1 ${says}`));
    const own = path.join(project, 'config/knative');
    return dip(['manifests', 'eventtypes', '--manifests', own, '--manifests', folder]);
  };

  const known = await types('com.dip.document.rejected');
  const unknown = await types('com.dip.reading.estimated');

  const sources = parseAllDocuments(known.stdout)
    .map((document): EventType => document.toJS())
    .filter(({metadata}) => metadata.name === 'com.dip.document.rejected')
    .map(({spec}) => spec.attributes.find(({name}) => name === 'source')?.value);
  t.deepEqual(sources.toSorted(), ['/services/ingestion', '/services/reading-time']);
  t.is(unknown.code, 1);
  t.is(unknown.stdout, '');
  t.regex(
    unknown.stderr,
    /^Service reading-time says com\.dip\.reading\.estimated \(dip\.dev\/says in \S+service\.yaml\), and services\/events has no contract of it: write one/,
  );
});

test('an EventType is as Knative gives it back, so that nothing is left to change', async (t) => {
  const documents = parseAllDocuments(await readFile(kept, 'utf8'));

  t.true(documents.length > 5);
  for (const document of documents) {
    const eventType: EventType = document.toJS();
    t.deepEqual(givenBack(eventType), eventType);
  }
});

interface EventType {
  readonly metadata: {readonly name: string; readonly namespace: string};
  readonly spec: {
    readonly reference: object;
    readonly attributes: readonly Attribute[];
  };
}

interface Attribute {
  readonly name: string;
  readonly required: boolean;
  readonly value?: string;
}

/**
 * What the API server answers once it stored an EventType: Knative keeps it as v1beta2, which has a type, a source and a
 * schema alone, and fills in the rest (as seen with Knative Eventing 1.22.2).
 */
function givenBack(eventType: EventType): EventType {
  const {metadata, spec} = eventType;
  const stored = (name: string, required: boolean): Attribute[] => {
    const value = spec.attributes.find((attribute) => attribute.name === name)?.value;
    return value === undefined ? [] : [{name, required, value}];
  };
  const attributes = [
    {name: 'specversion', required: true},
    {name: 'id', required: true},
    ...stored('type', true),
    ...stored('source', true),
    ...stored('schemadata', false),
  ];
  const reference = {namespace: metadata.namespace, ...spec.reference};
  return {...eventType, spec: {...spec, reference, attributes}};
}
