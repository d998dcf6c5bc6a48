/** The catalogue: every fact that DIP knows. A new fact is a file of its own and one line here. */
export * from './content.ts';
export {deadletterKept} from './deadletter-kept.ts';
export {documentClassified} from './document-classified.ts';
export {documentIngested} from './document-ingested.ts';
export {documentReceived} from './document-received.ts';
export {documentRejected, RejectionReason} from './document-rejected.ts';
export {responseGenerated} from './response-generated.ts';
export {routingDecided} from './routing-decided.ts';
export {isDocumentId} from './values.ts';
