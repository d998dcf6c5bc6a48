export {type Entry, pass} from './pass.ts';
export {Refusal, refuse} from './refusal.ts';
export {type FrontDoor, frontDoorOf, type Services} from './services.ts';
