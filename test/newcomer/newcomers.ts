/** Services that hear other events than README's own does, answer otherwise, or are written in another language. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {project} from '../helm/objects.ts';
import type {Newcomer} from './settle.ts';

/** Hears a fact from the middle of the flow, reads words, and has a fact of its own to tell. */
const secondLook: Newcomer = {
  ...namesOf('second-look', '35-classified-to-second-look.yaml', '30-classified-to-routing.yaml', 'routing'),
  fact: "export {documentDoubted} from './document-doubted.ts';",
  files: {
    'services/events/document-doubted.ts': `import {event, Type} from '#kit';
import {Confidence, Count, DocumentId} from './values.ts';

/** A document got its category with little confidence. */
export const documentDoubted = event('com.dip.document.doubted', '1.0', {
  description: 'A document got its category with little confidence, so that somebody may look again.',
  schema: Type.Object(
    {documentId: DocumentId, confidence: Confidence, characters: Count},
    {additionalProperties: false},
  ),
  example: {documentId: 'doc-00000000000000000001', confidence: 0.41, characters: 3120},
});
`,
    'test/second-look/service.test.ts': testOf('second-look', 'documentClassified', 200),
    'services/second-look/service.ts': `/** document.classified → document.doubted */
import {Content, documentClassified, documentDoubted} from '#events';
import {readJson, service} from '#kit';

export default service({
  name: 'second-look',
  receives: documentClassified,
  replies: [documentDoubted],
  async handle({data: {documentId, confidence, content}}, {blobs}) {
    if (confidence === null || confidence > 0.95) return undefined;
    const {text} = await readJson(blobs, content, Content);
    return documentDoubted({documentId, confidence, characters: text.length});
  },
});
`,
  },
};

/** Hears from the other Broker, and answers nothing. */
const alarmBell: Newcomer = {
  ...namesOf(
    'alarm-bell',
    '92-dead-letters-to-alarm-bell.yaml',
    '91-dead-letters-to-archive.yaml',
    'archive',
  ),
  fact: undefined,
  files: {
    'test/alarm-bell/service.test.ts': testOf('alarm-bell', 'deadletterKept', 204),
    'services/alarm-bell/service.ts': `/** deadletter.kept → a line in the log */
import {deadletterKept} from '#events';
import {service} from '#kit';

export default service({
  name: 'alarm-bell',
  receives: deadletterKept,
  async handle({data: {trigger, code}}, {log}) {
    log('warn', 'An event was given up.', {trigger, code});
    return undefined;
  },
});
`,
  },
};

/** Hears everything, keeps a table, and answers nothing. */
const factCounter: Newcomer = {
  ...namesOf('fact-counter', '81-all-to-fact-counter.yaml', '80-all-to-archive.yaml', 'archive'),
  fact: undefined,
  files: {
    'test/fact-counter/service.test.ts': testOf('fact-counter', 'routingDecided', 204),
    'services/fact-counter/service.ts': `/** every event → counted by its type */
import {anything, service} from '#kit';

export default service({
  name: 'fact-counter',
  receives: anything,
  once: 'pure',
  async handle({attributes}, {log}) {
    log('info', 'An event went by.', {of: String(attributes['type'])});
    return undefined;
  },
});
`,
  },
};

/** Hears the last fact of the flow, and reads what was drafted. */
const proofReader: Newcomer = {
  ...namesOf('proof-reader', '50-generated-to-proof-reader.yaml', '40-decided-to-response.yaml', 'response', [
    ['com.dip.routing.decided', 'com.dip.response.generated'],
  ]),
  fact: undefined,
  files: {
    'test/proof-reader/service.test.ts': testOf('proof-reader', 'responseGenerated', 204),
    'services/proof-reader/service.ts': `/** response.generated → a line in the log where a draft is very short */
import {Answer, responseGenerated} from '#events';
import {readJson, service} from '#kit';

export default service({
  name: 'proof-reader',
  receives: responseGenerated,
  async handle({data: {responseId, draft}}, {blobs, log}) {
    const {body} = await readJson(blobs, draft, Answer);
    if (body.length < 100) log('warn', 'A draft is very short.', {responseId, characters: body.length});
    return undefined;
  },
});
`,
  },
};

/** Written in Python, as a copy of the example with other names. */
const shelfSpace: Newcomer = {
  name: 'shelf-space',
  isForeign: true,
  fact: "export {shelfMeasured} from './shelf-measured.ts';",
  files: {
    'services/events/shelf-measured.ts': `import {event, Type} from '#kit';
import {Count, DocumentId} from './values.ts';

/** It was measured how much space a document takes on a shelf. */
export const shelfMeasured = event('com.dip.shelf.measured', '1.0', {
  description: 'It was measured how much space a document takes on a shelf.',
  schema: Type.Object({documentId: DocumentId, minutes: Count}, {additionalProperties: false}),
  example: {documentId: 'doc-00000000000000000001', minutes: 3},
});
`,
    'shelf-space/service.py': renamed(
      readFileSync(path.join(project, 'examples/reading-time-python/service.py'), 'utf8'),
    ),
  },
  trigger: {
    path: 'triggers/26-ingested-to-shelf-space.yaml',
    of: 'examples/reading-time-python/25-ingested-to-reading-time.yaml',
    names: [['reading-time', 'shelf-space']],
  },
  manifest: {
    path: 'config/knative/40-shelf-space.yaml',
    of: 'examples/reading-time-python/40-reading-time.yaml',
    names: [
      ['examples/reading-time-python/service.py', 'shelf-space/service.py'],
      ['reading-time', 'shelf-space'],
      ['reading.estimated', 'shelf.measured'],
    ],
  },
};

export const others: readonly Newcomer[] = [secondLook, alarmBell, factCounter, proofReader, shelfSpace];

function renamed(text: string): string {
  return text.replaceAll('reading-time', 'shelf-space').replaceAll('reading.estimated', 'shelf.measured');
}

/** A test that hands a service the example of a contract, and the words that it names. */
function testOf(name: string, contract: string, status: number): string {
  return `import test from 'ava';
import {${contract}} from '#events';
import {toEvent} from '#kit/wire';
import service from '../../services/${name}/service.ts';
import {deliver, keepWords, serving} from '../kit/serving.ts';

test('it takes what it hears', async (t) => {
  const {url, config} = await serving(t, service);
  await keepWords(config, ${contract});
  const draft = ${contract}(${contract}.example);

  const answer = await deliver(url, toEvent(draft, {service: 'tests', id: '1', time: new Date()}));

  t.is(answer.status, ${status});
});
`;
}

/** The names of a newcomer, which takes the place of `instead` in a copy of that one's trigger. */
function namesOf(
  name: string,
  trigger: string,
  copied: string,
  instead: string,
  further: readonly (readonly [string, string])[] = [],
): Pick<Newcomer, 'name' | 'trigger' | 'manifest'> {
  const named = path.basename(trigger, '.yaml').slice(3);
  const before = path.basename(copied, '.yaml').slice(3);
  return {
    name,
    trigger: {
      path: `triggers/${trigger}`,
      of: `triggers/${copied}`,
      names: [[`name: ${before}`, `name: ${named}`], [`name: ${instead}`, `name: ${name}`], ...further],
    },
    manifest: {
      path: `config/knative/40-${name}.yaml`,
      of: 'config/knative/40-routing.yaml',
      names: [['routing', name]],
    },
  };
}
