export {type Local, type LocalOptions, startLocal} from './local.ts';
export {FolderTaken} from './lock.ts';
