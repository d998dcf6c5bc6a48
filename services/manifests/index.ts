export {type Absence, absenceOutlasted, waitsOf} from './absence.ts';
export {backoffMs} from './backoff.ts';
export {type ChannelTemplate, channelTemplate} from './channel-template.ts';
export {type ConfigMapAt, configMapsIn} from './config-maps.ts';
export {durationMs} from './duration.ts';
export type {Attributes, Filter, Verdict} from './filter/filter.ts';
export {foldNotes} from './fold-notes.ts';
export type {ManifestObject} from './manifest-object.ts';
export type {
  Broker,
  Channel,
  Delivery,
  Destination,
  KnativeService,
  Manifests,
  Trigger,
} from './manifests.ts';
export {readManifests} from './read-manifests.ts';
export {readObjects} from './read-objects.ts';
export {classOf, type SeenBroker, seenBroker} from './seen-broker.ts';
export {seenDelivery} from './seen-delivery.ts';
export {type SeenTrigger, seenTrigger} from './seen-trigger.ts';
