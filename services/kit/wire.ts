/** For who hosts services or stands before them: starting, the wire, keys, telemetry. A service needs none of it. */
export {folderBlobs} from './blobs/folder.ts';
export {openBlobs} from './blobs/open-blobs.ts';
export {type ContentMode, contentMode, encodeBinary, type HttpMessage} from './codec/http.ts';
export {identityFolder, readConfig, readTelemetry, tokensFolder} from './config.ts';
export {blocksOf, newKeyPair, privateFile, publicFile, readKeys} from './identity/key-file.ts';
export {type Asking, identityHeader} from './identity/person.ts';
export {NoKey, type Sign, signer} from './identity/signer.ts';
export {type LogFields, logOf} from './log.ts';
export {largestEventBytes} from './middleware/decode-event.ts';
export {makeRequest} from './outgoing-request.ts';
export {toEvent} from './reply.ts';
export {largestHeadBytes, type Serving, serve, start} from './serve.ts';
export {inRequestSpan} from './telemetry/request-span.ts';
export {sending} from './telemetry/sending.ts';
export {traceFields, traceHeaders} from './telemetry/span.ts';
export {type StopTelemetry, startTelemetry} from './telemetry/start.ts';
export {traceContextOf} from './telemetry/trace-context.ts';
