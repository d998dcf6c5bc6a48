export {type BlobOwner, blobName, sha256Of} from './blobs/blob-name.ts';
export {BlobMissing, type Blobs} from './blobs/blobs.ts';
export {folderBlobs} from './blobs/folder.ts';
export {keepWords, wordsOf} from './blobs/keep-words.ts';
export {openBlobs} from './blobs/open-blobs.ts';
export {readJson, readWords, unlessErased} from './blobs/read-json.ts';
export {dataAs} from './check.ts';
export {type AttributeValue, attribute, type CloudEvent, identity} from './cloudevent.ts';
export {
  type ContentMode,
  contentMode,
  decode,
  encodeBinary,
  encodeStructured,
  type HttpMessage,
} from './codec/http.ts';
export {mediaTypeOf} from './codec/media-type.ts';
export {structured} from './codec/structured.ts';
export type {After} from './commit-together.ts';
export {
  type Config,
  ConfigError,
  type EventTokens,
  identityFolder,
  readConfig,
  readTelemetry,
  tokensFolder,
} from './config.ts';
export {
  type Contract,
  type ContractTerms,
  type DataOf,
  type Draft,
  type DraftOf,
  event,
  faultsOf,
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
  type SayOptions,
  usualBodyLimit,
} from './door.ts';
export {Defer, messageOf, Reject} from './errors.ts';
export {blocksOf, newKeyPair, privateFile, publicFile, readKeys} from './identity/key-file.ts';
export {type Asking, identityHeader, type Person} from './identity/person.ts';
export {includes, type Role, roleOf, roles} from './identity/role.ts';
export {NoKey, type Sign, signer} from './identity/signer.ts';
export {isAmong} from './identity/subject.ts';
export {type Log, type LogFields, logOf} from './log.ts';
export {largestEventBytes} from './middleware/decode-event.ts';
export {makeRequest} from './outgoing-request.ts';
export {preferredWait} from './prefer.ts';
export type {Reach, State} from './reach.ts';
export {readBody} from './read-body.ts';
export {toEvent} from './reply.ts';
export {type Representation, type Represented, representation} from './representation.ts';
export {type Serving, serve, start} from './serve.ts';
export {inRequestSpan} from './telemetry/request-span.ts';
export {sending} from './telemetry/sending.ts';
export {traceFields, traceHeaders} from './telemetry/span.ts';
export {type StopTelemetry, startTelemetry} from './telemetry/start.ts';
export {traceContextOf} from './telemetry/trace-context.ts';
