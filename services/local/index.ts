export {type Local, type LocalOptions, startLocal} from './local.ts';
export {FolderTaken, holderOf} from './lock.ts';
export {readObjects} from './manifests/documents.ts';
export {foldNotes} from './manifests/fold-notes.ts';
export type {ManifestObject} from './manifests/manifest-object.ts';
export type {Broker, KnativeService, Manifests, Trigger} from './manifests/manifests.ts';
export {readManifests} from './manifests/read-manifests.ts';
