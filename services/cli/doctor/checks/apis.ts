import type {JsonObject} from '#kit/json';
import {channelTemplate} from '#manifests';
import type {Check, Finding} from '../finding.ts';
import {keyOf, kinds, type Snapshot} from '../snapshot.ts';

/** Who brings the kinds of a group. */
const brings: Readonly<Record<string, string>> = {
  'eventing.knative.dev':
    'Install Knative Eventing 1.22 (eventing-crds.yaml, eventing-core.yaml, mt-channel-broker.yaml).',
  'serving.knative.dev':
    'Install Knative Serving 1.23 (serving-crds.yaml, serving-core.yaml) and a network layer such as Kourier.',
  'messaging.knative.dev':
    'Install the Kafka channel of eventing-kafka-broker 1.23 (eventing-kafka-controller.yaml, eventing-kafka-channel.yaml).',
  'sources.knative.dev': 'Install Knative Eventing 1.22.',
  'kafka.strimzi.io': 'Install Strimzi 1.2.',
};

export const apis: Check = {
  name: 'apis',
  about: 'The kinds, in the versions that the manifests are written in',
  examine(snapshot) {
    const wanted = [...new Set([kinds.broker, kinds.trigger, kinds.service, ...kindsOfFiles(snapshot)])];
    const missing = wanted.filter((key) => !isServed(snapshot, key));
    const groups = Map.groupBy(missing, (key) => key.slice(0, Math.max(0, key.indexOf('/'))));
    if (groups.size === 0) return [{standing: 'ok', sentence: `All ${wanted.length} kinds are served.`}];
    return [...groups].map(([group, keys]): Finding => {
      const list = keys.map((key) => key.split(' ').reverse().join(' of ')).join(', ');
      return {
        standing: 'wrong',
        subject: group === '' ? 'v1' : group,
        sentence: `The API server does not know ${list}.`,
        next: brings[group] ?? `Install what brings ${group === '' ? 'them' : group}.`,
      };
    });
  },
};

function kindsOfFiles({files}: Snapshot): string[] {
  return files.flatMap((object) => [keyOf(object), ...channelKind(object)]);
}

/** A ConfigMap of a Broker names the kind of its channel. */
function channelKind(object: JsonObject): string[] {
  const template = channelTemplate(object);
  return template === undefined ? [] : [`${template.apiVersion} ${template.kind}`];
}

function isServed({apis: served}: Snapshot, key: string): boolean {
  const [apiVersion = '', kind = ''] = key.split(' ');
  // A version that was not asked about is nobody's fault.
  return !served.has(apiVersion) || served.get(apiVersion)?.some((one) => one.kind === kind) === true;
}
