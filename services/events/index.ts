/**
 * The catalogue: every fact that DIP knows, and what front doors answer. A new fact is a file of its own and one line
 * here.
 */
export * from './content.ts';
export {deadletterKept} from './deadletter-kept.ts';
export {documentAttached} from './document-attached.ts';
export {documentClassified} from './document-classified.ts';
export {documentClosed} from './document-closed.ts';
export {documentIngested} from './document-ingested.ts';
export {documentReceived} from './document-received.ts';
export {documentRejected, RejectionReason} from './document-rejected.ts';
export {documentResumed} from './document-resumed.ts';
export {documentShown, documentsShown} from './doors/document-shown.ts';
export {alarmsShown, factsShown} from './doors/facts-shown.ts';
export {letterShown, lettersShown} from './doors/letters-shown.ts';
export {receipt} from './doors/receipt.ts';
export {refusal} from './doors/refusal.ts';
export {resumption} from './doors/resumption.ts';
export {ends, Status, statuses, underWay} from './doors/status.ts';
export {startOfRecital} from './own-words/marks.ts';
export {type Passage, passagesIn, wordsIn} from './own-words/passages.ts';
export {ownWordsOf, signedWordsOf} from './own-words/words-of.ts';
export {responseGenerated} from './response-generated.ts';
export {routingDecided} from './routing-decided.ts';
export {asAttribute, isDocumentId, isName} from './values.ts';
export {categories, machines, signals, templates} from './vocabulary.ts';
