export {enter, type WayIn} from './enter.ts';
export {refuseForeign, refuseSeveralHosts} from './origin.ts';
export {type Admitted, everybody, type People, peopleWith} from './people/people.ts';
export {decodeRecord, encodeRecord, isTokenName, newToken, type TokenRecord} from './people/token.ts';
export {readTokens, tokenFolder} from './people/token-folder.ts';
export {answerJson, Refusal, refuse} from './refusal.ts';
export {isName, type Route, type RouteEntry, routeOf, servicesWithDoors} from './routes.ts';
export {type FrontDoor, frontDoorOf, type Services} from './services.ts';
