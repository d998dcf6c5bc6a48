export {type Local, type LocalOptions, startLocal} from './local.ts';
export {FolderTaken, holderOf} from './lock.ts';
