/** Services start with what an owner has written, or say what is wrong with it. */
import path from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {documentClassified, documentIngested, responseGenerated, routingDecided} from '#events';
import {type CloudEvent, type Config, type DataOf, dataAs, type Service} from '#kit';
import {folderBlobs, toEvent} from '#kit/wire';
import classification from '../../services/classification/service.ts';
import response from '../../services/response/service.ts';
import routing from '../../services/routing/service.ts';
import {aboutParking, settingsOf, townHall} from '../classification/town-hall.ts';
import {deliver, folder, serving} from '../kit/serving.ts';

const rules = `
- name: parking
  when: category == "parking"
  route: {queue: parking, priority: normal, dueIn: P2D, handler: automatic, template: parking}
- name: default
  when: true
  route: {queue: triage, priority: normal, dueIn: P2D, handler: human, template: general}
`;
const letter = `---
subject: Your parking
---
We have it.

{{ organization | default: 'Parking' }}
`;

test('a model, rules, a letter and a name of the owner’s make an answer together', async (t) => {
  const settingsDirectory = await settingsOf({
    'categories.model': townHall,
    'rules.yaml': rules,
    'parking.liquid': letter,
    'organization.yaml': 'name: The town hall\n',
  });
  const changes = {settingsDirectory, dataDirectory: folder(t)};
  const blobs = folderBlobs(path.join(changes.dataDirectory, 'blobs'));
  const content = {filename: null, title: null, sender: null, text: aboutParking};
  await blobs.write(documentIngested.example.content, Buffer.from(JSON.stringify(content)));

  const classified = await answered(t, classification, ingested(), changes);
  const decided = await answered(t, routing, classified, changes);
  const generated = await answered(t, response, decided, changes);

  const {category, model} = dataAs(classified, documentClassified);
  t.deepEqual([category, model.name], ['parking', 'town-hall']);
  const {queue, template} = dataAs(decided, routingDecided);
  t.deepEqual([queue, template], ['parking', 'parking']);
  const draft = await blobs.read(dataAs(generated, responseGenerated).draft);
  t.regex(draft.toString(), /"body":"We have it\.\\n\\nThe town hall"/);
});

test('rules and letters that the owner’s model does not know stop the start, with each of them', async (t) => {
  const settingsDirectory = await settingsOf({
    'categories.model': townHall,
    'rules.yaml': rules.replaceAll('parking', 'insurance'),
    'insurance.liquid': letter,
  });

  await t.throwsAsync(serving(t, routing, {settingsDirectory}), {
    message:
      /rules\.yaml:3: Rule insurance: Expected `category` to be compared with library, parking, .*, got `insurance`\.\n/,
  });
  await t.throwsAsync(serving(t, response, {settingsDirectory}), {
    message: /insurance\.liquid:1: Expected a template called .*: no rule can name this one\.$/,
  });
});

test('the rules that ship do not do for a model of other categories', async (t) => {
  const settingsDirectory = await settingsOf({'categories.model': townHall});

  await t.throwsAsync(serving(t, routing, {settingsDirectory}), {
    message: /^rules\.yaml:\d+: Rule \S+: Expected `category` to be compared with library, /,
  });
});

function ingested(): CloudEvent {
  const data: DataOf<typeof documentIngested> = {...documentIngested.example, parts: []};
  const draft = {contract: documentIngested, data};
  return toEvent(draft, {service: 'ingestion', id: 'ingested-1', time: new Date('2026-01-31T09:00:00Z')});
}

/** What a service answers that has started with these settings. */
async function answered(
  t: ExecutionContext,
  service: Service,
  cause: CloudEvent,
  changes: Partial<Config>,
): Promise<CloudEvent> {
  const {url, lines, stop} = await serving(t, service, {...changes, identityDirectory: folder(t)});
  const {reply, status} = await deliver(url, cause);
  await stop();
  if (reply === undefined) throw new Error(`${service.name} answered ${status}: ${lines.at(-1)}`);
  return reply;
}
