import {absence} from './checks/absence.ts';
import {apis} from './checks/apis.ts';
import {brokerClass} from './checks/broker-class.ts';
import {channel} from './checks/channel.ts';
import {controllers} from './checks/controllers.ts';
import {deadlines} from './checks/deadlines.ts';
import {drift} from './checks/drift.ts';
import {identity} from './checks/identity.ts';
import {images} from './checks/images.ts';
import {namespace} from './checks/namespace.ts';
import {partitions} from './checks/partitions.ts';
import {readiness} from './checks/readiness.ts';
import {secrets} from './checks/secrets.ts';
import {senders} from './checks/senders.ts';
import {server} from './checks/server.ts';
import {subscribers} from './checks/subscribers.ts';
import type {Check, NamedFinding} from './finding.ts';
import type {Snapshot} from './snapshot.ts';

/** Every check of a cluster, from what all stands on to what is only slow. A new one is a file and a line here. */
export const checks: readonly Check[] = [
  server,
  apis,
  controllers,
  namespace,
  readiness,
  drift,
  secrets,
  identity,
  senders,
  subscribers,
  images,
  brokerClass,
  deadlines,
  absence,
  channel,
  partitions,
];

/** What all checks find. */
export function examine(snapshot: Snapshot): NamedFinding[] {
  return checks.flatMap(({name, examine: look}) =>
    look(snapshot).map((finding) => ({check: name, ...finding})),
  );
}
