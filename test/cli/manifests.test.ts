import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {parseAllDocuments} from 'yaml';
import {dip} from './process.ts';

const kept = fileURLToPath(new URL('../../config/knative/60-eventtypes.yaml', import.meta.url));

test('the EventTypes of the manifests are those that the contracts make', async (t) => {
  const {stdout, code} = await dip(['manifests', 'eventtypes']);

  t.is(code, 0);
  t.is(stdout, await readFile(kept, 'utf8'), 'run `npm run generate`');
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
  readonly metadata: {readonly namespace: string};
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
