/** How a document stands is said once: in the table of services/README.md, which is held to what the code says. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import * as catalogue from '#events';
import {ends, Status, statuses} from '#events';
import {isContract, type Service} from '#kit';
import {way} from '../../services/archive/way.ts';
import {matches} from '../../services/manifests/filter/filter.ts';
import {readManifests} from '../../services/manifests/read-manifests.ts';

const project = path.join(import.meta.dirname, '../..');
const readme = readFileSync(path.join(project, 'services/README.md'), 'utf8');
const rows = [...readme.matchAll(/^\| `([a-z-]+)` \| (.+) \| (yes|no) \| (returns|goes on) \|$/gm)].map(
  ([, status = '', madeBy = '', end, wait]) => ({status, madeBy, end, wait}),
);

test('the table has every status, in order, and says of each whether it ends a document and a wait', (t) => {
  t.deepEqual(
    rows.map(({status, end, wait}) => [status, end, wait]),
    statuses.map((status) => (ends[status] ? [status, 'yes', 'returns'] : [status, 'no', 'goes on'])),
  );
});

test('doors answer no other status', (t) => {
  t.deepEqual(
    Status.anyOf.map((one) => one.const),
    [...statuses],
  );
});

test('each status is made by a fact that there is', (t) => {
  const types: string[] = Object.values<unknown>(catalogue)
    .filter(isContract)
    .map(({type}) => type);

  for (const {status, madeBy} of rows) {
    const [, fact] = /`([a-z]+\.[a-z]+)`/.exec(madeBy) ?? [];
    t.true(types.includes(`com.dip.${fact}`), `${status}: ${madeBy}`);
  }
});

test('on the way to the answer, each service hears its fact and says the next one, and a Trigger bears its name', async (t) => {
  const {triggers} = await readManifests(
    ['config/knative', 'triggers'].map((folder) => path.join(project, folder)),
  );
  for (const [place, {type, service: name}] of way.entries()) {
    const {default: service}: {default: Service} = await import(
      path.join(project, `services/${name}/service.ts`)
    );
    const next = way[place + 1]?.type ?? catalogue.responseGenerated.type;
    const event = {specversion: '1.0', id: '1', source: '/test', type};
    const hearing = triggers.filter(
      ({subscriber, filter}) =>
        subscriber.kind === 'service' && subscriber.name === name && matches(filter, event),
    );

    t.true(
      service.contracts.some((contract) => contract.type === type),
      name,
    );
    t.true(
      service.says.some((contract) => contract.type === next),
      name,
    );
    t.is(hearing.length, 1, name);
    t.true(hearing[0]?.name.endsWith(`-to-${name}`), hearing[0]?.name);
  }
});
