/** For who writes a service: facts, doors, state, errors. Who hosts services takes `#kit/wire` besides. */
export {type BlobOwner, blobName, sha256Of} from './blobs/blob-name.ts';
export {BlobChanged, BlobMissing, type Blobs} from './blobs/blobs.ts';
export {keepWords, wordsOf} from './blobs/keep-words.ts';
export {readJson, readWords, unlessErased} from './blobs/read-json.ts';
export {dataAs} from './check.ts';
export {type AttributeValue, attribute, type CloudEvent, identity} from './cloudevent.ts';
export {decode, encodeStructured} from './codec/http.ts';
export {mediaTypeOf} from './codec/media-type.ts';
export {structured} from './codec/structured.ts';
export type {After} from './commit-together.ts';
export {type Config, ConfigError, type EventTokens} from './config.ts';
export {
  type Contract,
  type ContractTerms,
  type DataOf,
  type Draft,
  type DraftOf,
  event,
  faultsOf,
  isContract,
  type Static,
  type TSchema,
  Type,
} from './contract.ts';
export {keyText} from './database/key-text.ts';
export {
  type Column,
  type Columns,
  type DialectWords,
  type Migrations,
  migrations,
} from './database/migrations.ts';
export {
  type Anything,
  anything,
  type EventOf,
  entrance,
  type Gauge,
  type HandlerContext,
  type Service,
  service,
  type Take,
} from './definition.ts';
export {deriveEventId, deriveId} from './derive.ts';
export {
  type BodyLimit,
  type DoorContext,
  type DoorRequest,
  door,
  type Routes,
  type SaidNow,
  type SayOptions,
  usualBodyLimit,
} from './door.ts';
export {Defer, messageOf, Reject} from './errors.ts';
export type {Person} from './identity/person.ts';
export {includes, type Role, roleOf, roles} from './identity/role.ts';
export {isAmong} from './identity/subject.ts';
export type {Log} from './log.ts';
export {oldestKept} from './oldest-kept.ts';
export {preferredWait} from './prefer.ts';
export type {Reach, State} from './reach.ts';
export {type Holding, readBody} from './read-body.ts';
export {type Representation, type Represented, representation} from './representation.ts';
