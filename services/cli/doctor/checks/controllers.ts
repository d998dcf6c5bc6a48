import {at, type JsonObject, textAt} from '#kit/json';
import {brokersOf} from '../eventing.ts';
import {type Check, type Finding, skippedFor} from '../finding.ts';
import {nameOf, type Snapshot} from '../snapshot.ts';

/** What must run whatever the class, by Knative's own namespace. */
const always: Readonly<Record<string, readonly string[]>> = {
  'knative-eventing': ['eventing-controller', 'eventing-webhook'],
  'knative-serving': ['activator', 'autoscaler', 'controller', 'webhook'],
};
const ofMultiTenantBrokers = ['mt-broker-controller', 'mt-broker-ingress', 'mt-broker-filter'];
const ofKafkaChannels = [
  'kafka-controller',
  'kafka-webhook-eventing',
  'kafka-channel-receiver',
  'kafka-channel-dispatcher',
];
const ofKafkaBrokers = [
  'kafka-controller',
  'kafka-webhook-eventing',
  'kafka-broker-receiver',
  'kafka-broker-dispatcher',
];

export const controllers: Check = {
  name: 'controllers',
  about: 'The controllers, webhooks and carriers of Knative, and their versions',
  examine(snapshot) {
    return [...snapshot.workloads].flatMap(([namespace, seen]) => {
      if ('missingRight' in seen) return [skippedFor(seen.missingRight)];
      return ofNamespace(namespace, seen.value, wantedIn(namespace, snapshot));
    });
  },
};

function wantedIn(namespace: string, snapshot: Snapshot): string[] {
  const names = [...(always[namespace] ?? [])];
  if (namespace !== 'knative-eventing') return names;
  const brokers = brokersOf(snapshot);
  const classes = new Set(brokers.map((broker) => broker.class));
  if (classes.has('MTChannelBasedBroker')) names.push(...ofMultiTenantBrokers);
  if (brokers.some(({channel}) => channel === 'KafkaChannel')) names.push(...ofKafkaChannels);
  if (classes.has('Kafka')) names.push(...ofKafkaBrokers);
  return [...new Set(names)];
}

function ofNamespace(
  namespace: string,
  workloads: readonly JsonObject[],
  wanted: readonly string[],
): Finding[] {
  const found = workloads.filter((workload) => wanted.includes(nameOf(workload)));
  const absent = wanted.filter((name) => !found.some((workload) => nameOf(workload) === name));
  const down = found.filter((workload) => !runs(workload));
  const versions = new Set(
    found.flatMap((workload) => textAt(workload, 'metadata', 'labels', versionLabel) ?? []),
  );
  const findings: Finding[] = down.map((workload) => ({
    standing: 'wrong',
    subject: `${namespace}/${nameOf(workload)}`,
    sentence: `${nameOf(workload)} does not run: none of its pods is available.`,
    next: `kubectl -n ${namespace} describe deploy,sts ${nameOf(workload)}`,
  }));
  const [old] = [...versions].filter(isOld);
  if (old !== undefined) {
    findings.push({
      standing: 'warn',
      subject: namespace,
      sentence: `What runs in ${namespace} is of version ${old}; DIP was tried with Knative ${tried.join('.')} and later.`,
      next: 'Upgrade Knative, one minor version after the other.',
    });
  }
  if (absent.length > 0) {
    findings.push({
      standing: 'warn',
      subject: namespace,
      sentence: `There is no ${absent.join(', ')} in namespace ${namespace}.`,
      next: 'Install what is missing, unless your distribution of Knative calls it otherwise.',
    });
  }
  if (found.length > down.length) {
    const version = versions.size === 0 ? '' : ` of version ${[...versions].sort().join(', ')}`;
    const count = `${found.length - down.length} of ${wanted.length}`;
    findings.push({
      standing: 'ok',
      subject: namespace,
      sentence: `${count} controllers, webhooks and carriers${version} run in ${namespace}.`,
    });
  }
  return findings;
}

/** The oldest Knative that DIP was tried with. */
const tried = [1, 22] as const;

function isOld(version: string): boolean {
  const [, major, minor] = /^v?(\d+)\.(\d+)/.exec(version) ?? [];
  if (major === undefined) return false;
  return Number(major) < tried[0] || (Number(major) === tried[0] && Number(minor) < tried[1]);
}

const versionLabel = 'app.kubernetes.io/version';

function runs(workload: JsonObject): boolean {
  const wanted = at(workload, 'spec', 'replicas') ?? 1;
  const available =
    at(workload, 'status', 'availableReplicas') ?? at(workload, 'status', 'readyReplicas') ?? 0;
  // Carriers of Kafka are scaled to zero where nobody needs them.
  return wanted === 0 || (typeof available === 'number' && available > 0);
}
