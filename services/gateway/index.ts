export {type Entry, pass} from './pass.ts';
export {everybody, type People, type Person, peopleWith} from './people/people.ts';
export {type Role, roleOf, roles} from './people/roles.ts';
export {isName, type Route, routeOf} from './people/routes.ts';
export {decodeRecord, encodeRecord, isTokenName, newToken, type TokenRecord} from './people/token.ts';
export {readTokens, tokenFolder} from './people/token-folder.ts';
export {answerJson, Refusal, refuse} from './refusal.ts';
export {type FrontDoor, frontDoorOf, type Services} from './services.ts';
