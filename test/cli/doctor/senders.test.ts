/** Whose events services take, as the doctor sees it. */
import path from 'node:path';
import test from 'ava';
import {senders} from '../../../services/cli/doctor/checks/senders.ts';
import type {Standing} from '../../../services/cli/doctor/finding.ts';
import {kinds, nameOf, type Snapshot} from '../../../services/cli/doctor/snapshot.ts';
import {at, isObject, type JsonObject} from '../../../services/kit/json.ts';
import {readManifests} from '../../../services/manifests/read-manifests.ts';
import {project} from '../../helm/objects.ts';
import {healthy, put} from './healthy.ts';

/** What services are told, and what Knative says of each Trigger. */
interface Told {
  readonly environment?: (service: string) => Readonly<Record<string, string>>;
  readonly status?: (trigger: string) => JsonObject;
}

const asking = {
  DIP_EVENTS_AUDIENCE: 'dip',
  DIP_EVENTS_FROM: 'system:serviceaccount:dip:*-oidc-eventing.knative.dev-trigger',
};
const authenticated = (trigger: string) => ({
  subscriberAudience: 'dip',
  auth: {serviceAccountName: `${trigger}-oidc-eventing.knative.dev-trigger`},
});

/** A cluster where all is as it should be with OIDC on, but for what is said. */
function withOidc({environment = () => asking, status = authenticated}: Told): Snapshot {
  const snapshot = healthy();
  const changed = [...snapshot.deployed].map(([kind, seen]): [string, typeof seen] => {
    if (!('value' in seen)) return [kind, seen];
    if (kind === kinds.service)
      return [kind, {value: seen.value.map((one) => told(one, environment(nameOf(one))))}];
    if (kind !== kinds.trigger) return [kind, seen];
    const withStatus = (one: JsonObject) =>
      put(one, ['status'], {...(isObject(one['status']) ? one['status'] : {}), ...status(nameOf(one))});
    return [kind, {value: seen.value.map(withStatus)}];
  });
  return {...snapshot, deployed: new Map(changed)};
}

function told(service: JsonObject, environment: Readonly<Record<string, string>>): JsonObject {
  const containers = at(service, 'spec', 'template', 'spec', 'containers');
  const [container] = Array.isArray(containers) ? containers : [];
  const env: unknown = at(container, 'env');
  const more = Object.entries(environment).map(([name, value]) => ({name, value}));
  const all = [...(Array.isArray(env) ? env : []), ...more];
  return put(service, ['spec', 'template', 'spec', 'containers'], [{...container, env: all}]);
}

test('as the manifests say it, every pod may hand events to every service that hears some', async (t) => {
  const {triggers} = await readManifests([
    path.join(project, 'config/knative'),
    path.join(project, 'triggers'),
  ]);
  const names = triggers.flatMap(({subscriber}) => (subscriber.kind === 'service' ? [subscriber.name] : []));
  const hearing = [...new Set(names)].toSorted().join(', ');
  t.deepEqual(
    senders.examine(healthy()).map(({standing, sentence}) => `${standing}: ${sentence}`),
    [`warn: Every pod of the cluster may hand events to ${hearing}: they take them from anybody.`],
  );
});

test('where services ask for the tokens that Triggers send all is well', (t) => {
  t.deepEqual(senders.examine(withOidc({})), [
    {standing: 'ok', sentence: 'Services take events with the token of a Trigger alone.'},
  ]);
});

const broken: readonly [what: string, told: Told, standing: Standing, sentence: RegExp][] = [
  [
    'one service that asks for none',
    {environment: (service) => (service === 'archive' ? {} : asking)},
    'warn',
    /^Every pod of the cluster may hand events to archive: /,
  ],
  [
    'Triggers that send none',
    {status: () => ({})},
    'wrong',
    /^archive puts off all that Trigger all-to-archive brings: it comes without a token\.$/,
  ],
  [
    'a token for somebody else',
    {status: (trigger) => ({...authenticated(trigger), subscriberAudience: 'pid'})},
    'wrong',
    /: its token is for pid, not for dip\.$/,
  ],
  [
    'a Trigger without an audience',
    {status: (trigger) => ({auth: authenticated(trigger).auth})},
    'wrong',
    /: its token is for nobody, not for dip\.$/,
  ],
  [
    'a token of somebody else',
    {environment: () => ({...asking, DIP_EVENTS_FROM: 'system:serviceaccount:letters:*'})},
    'wrong',
    /: its token is of system:serviceaccount:dip:all-to-archive-oidc-eventing\.knative\.dev-trigger\.$/,
  ],
  [
    'an audience without whose tokens',
    {environment: () => ({DIP_EVENTS_AUDIENCE: 'dip'})},
    'wrong',
    /^archive will not start: Expected DIP_EVENTS_AUDIENCE and DIP_EVENTS_FROM /,
  ],
];
for (const [what, told, standing, sentence] of broken) {
  test(`${what} would be found`, (t) => {
    const found = senders
      .examine(withOidc(told))
      .find(({sentence}) => /archive (puts|will)|to archive:/.test(sentence));

    t.is(found?.standing, standing);
    t.regex(found?.sentence ?? '', sentence);
    t.truthy(found?.next);
  });
}
