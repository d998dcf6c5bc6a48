export {type Local, type LocalOptions, startLocal} from './local.ts';
export {FolderTaken} from './lock.ts';
export {foldNotes} from './manifests/fold-notes.ts';
