import {titleOf} from './manifest-object.ts';
import type {Broker, Destination, Manifests} from './manifests.ts';

/** Where a Broker or Trigger sends events to somebody that no file tells of: on a cluster, too, it would wait for them. */
export function notesAboutStrangers({
  brokers,
  triggers,
  services,
}: Omit<Manifests, 'notes' | 'forClusters'>): string[] {
  const notes: string[] = [];
  const look = (
    from: {kind: string; namespace: string; name: string; file: string},
    field: string,
    to: Destination,
  ) => {
    if (to.kind === 'uri') return;
    const known: readonly Pick<Broker, 'namespace' | 'name'>[] = to.kind === 'broker' ? brokers : services;
    if (known.some(({namespace, name}) => namespace === to.namespace && name === to.name)) return;
    const title = titleOf({...to, kind: to.kind === 'broker' ? 'Broker' : 'Service'});
    notes.push(`${from.file}: ${titleOf(from)}: ${field} names ${title}, which is in none of the files.`);
  };
  for (const broker of brokers) {
    const sink = broker.delivery.deadLetterSink;
    if (sink !== null) look({...broker, kind: 'Broker'}, 'spec.delivery.deadLetterSink', sink);
  }
  for (const trigger of triggers) {
    look({...trigger, kind: 'Trigger'}, 'spec.subscriber', trigger.subscriber);
    const sink = trigger.delivery.deadLetterSink;
    if (sink !== null) look({...trigger, kind: 'Trigger'}, 'the dead letter sink in effect', sink);
  }
  return notes;
}
