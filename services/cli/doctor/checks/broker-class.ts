import {type JsonObject, listAt, textAt} from '#kit/json';
import {brokersOf} from '../eventing.ts';
import type {Check, Finding} from '../finding.ts';
import {deployedOf, keyOf, kinds, nameOf, type Snapshot} from '../snapshot.ts';

export const brokerClass: Check = {
  name: 'broker-class',
  about: 'That all Brokers are of one class, and that services publish to one of them',
  examine(snapshot) {
    const brokers = brokersOf(snapshot);
    if (brokers.length === 0) return [];
    const classes = [...new Set(brokers.map((broker) => broker.class))];
    const findings = [...strays(snapshot), ...mute(snapshot)];
    if (classes.length > 1) {
      const list = brokers.map((broker) => `${broker.name} is ${broker.class}`).join(', ');
      findings.push({
        standing: 'warn',
        sentence: `Brokers are of several classes: ${list}. Their dead letters and delays differ.`,
        next: 'Delete the Brokers of one class, and apply those of the other: a class can not be changed.',
      });
    }
    if (findings.length > 0) return findings;
    return [
      {standing: 'ok', sentence: `All Brokers are of class ${classes[0]}, and services publish to them.`},
    ];
  },
};

/** Services whose K_SINK is the address of no Broker: what they publish is lost to a 404. */
function strays(snapshot: Snapshot): Finding[] {
  const addresses = deployedOf(snapshot, kinds.broker).flatMap(
    (broker) => textAt(broker, 'status', 'address', 'url') ?? [],
  );
  if (addresses.length === 0) return [];
  return deployedOf(snapshot, kinds.service).flatMap((service): Finding[] => {
    const sinks = sinksOf(service).flatMap((variable) => textAt(variable, 'value') ?? []);
    const [stray] = sinks.filter((sink) => !addresses.includes(sink.replace(/\/+$/, '')));
    if (stray === undefined) return [];
    const subject = `Knative Service ${nameOf(service)}`;
    return [
      {
        standing: 'wrong',
        subject,
        sentence: `${subject} publishes to ${stray}, which is the address of no Broker here.`,
        next: `Set its K_SINK to one of: ${addresses.join(', ')}`,
      },
    ];
  });
}

/**
 * Services that publish by their manifests and have no K_SINK on the cluster: a SinkBinding that was deleted takes it
 * along, the manifests' own word included.
 */
function mute(snapshot: Snapshot): Finding[] {
  const publishing = snapshot.files.filter(
    (file) => keyOf(file) === kinds.service && sinksOf(file).length > 0,
  );
  const names = new Set(publishing.map(nameOf));
  return deployedOf(snapshot, kinds.service)
    .filter((service) => names.has(nameOf(service)) && sinksOf(service).length === 0)
    .map((service): Finding => {
      const subject = `Knative Service ${nameOf(service)}`;
      return {
        standing: 'wrong',
        subject,
        sentence: `${subject} has no K_SINK, so it can publish nothing: what people ask of it that becomes an event fails with 500.`,
        next: 'Deploy the services again (a deleted SinkBinding takes K_SINK along), or apply the SinkBinding again.',
      };
    });
}

function sinksOf(service: JsonObject): unknown[] {
  return listAt(service, 'spec', 'template', 'spec', 'containers')
    .flatMap((container) => listAt(container, 'env'))
    .filter((variable) => textAt(variable, 'name') === 'K_SINK');
}
