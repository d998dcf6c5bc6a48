import {
  asAttribute,
  deadletterKept,
  documentAttached,
  documentClassified,
  documentClosed,
  documentIngested,
  documentReceived,
  documentRejected,
  responseGenerated,
  routingDecided,
  type Status,
} from '#events';
import {
  attribute,
  type CloudEvent,
  type ContractTerms,
  type DataOf,
  dataAs,
  identity,
  type Static,
  type TSchema,
} from '#kit';
import {brokenStep, way} from './way.ts';

/**
 * Raised whenever the same facts make another status than before: how documents stand is kept, to find them by, and is
 * then found out anew.
 */
export const foldVersion = 2;

/** The types of facts that how a document stands is made of: no other changes it. */
export const foldedTypes: ReadonlySet<string> = new Set(
  [
    documentReceived,
    documentAttached,
    documentIngested,
    documentRejected,
    documentClassified,
    routingDecided,
    documentClosed,
    responseGenerated,
    deadletterKept,
  ].map(({type}) => type),
);

/** What a document's facts say, each kind by its last word: the decision of the highest correction and what follows it. */
export interface Told {
  received: DataOf<typeof documentReceived> | undefined;
  /** It is a part of another document. */
  attached: DataOf<typeof documentAttached> | undefined;
  ingested: DataOf<typeof documentIngested> | undefined;
  rejected: DataOf<typeof documentRejected> | undefined;
  classified: DataOf<typeof documentClassified> | undefined;
  decided: DataOf<typeof routingDecided> | undefined;
  /** Nobody is to be answered; where a decision came after all, it is not said. */
  closed: DataOf<typeof documentClosed> | undefined;
  generated: DataOf<typeof responseGenerated> | undefined;
  /** What broke the way to the answer, where nothing has followed since. */
  deadLetter: DataOf<typeof deadletterKept> | undefined;
  receivedAt: string | undefined;
  /** When the fact that ended it was said. */
  endedAt: string | undefined;
}

/** How a document stands by its facts, whatever order they arrived in; undefined when none of them is about a document. */
export function statusOf(facts: readonly CloudEvent[]): Status | undefined {
  return statusOfTold(tell(facts));
}

/** An answer ends a document, or that it needs or gets none; a dead letter does where none came, and only on the way there. */
export function statusOfTold(told: Told): Status | undefined {
  if (told.generated !== undefined) return 'answered';
  if (told.rejected !== undefined) return 'rejected';
  if (told.closed !== undefined) return 'closed';
  if (told.attached !== undefined) return 'part';
  if (told.deadLetter !== undefined) return 'failed';
  const isKnown = [told.received, told.ingested, told.classified, told.decided].some(
    (fact) => fact !== undefined,
  );
  return isKnown ? 'in-work' : undefined;
}

/** Folds a document's facts. A fact that breaks its contract, as anybody may send one, is passed over. */
export function tell(facts: readonly CloudEvent[]): Told {
  const received = lastOf(facts, documentReceived);
  const attached = lastOf(facts, documentAttached);
  const rejected = lastOf(facts, documentRejected);
  const decided = highestCorrection(facts);
  const generated = answerTo(facts, decided?.fact);
  const ingested = lastOf(facts, documentIngested);
  const classified = lastOf(facts, documentClassified);
  const closed = decided === undefined ? lastOf(facts, documentClosed) : undefined;
  // Whatever follows from a fact shows that its step was taken.
  const steps = [received, ingested ?? rejected, classified, decided ?? closed, generated].map(
    (step) => step?.fact,
  );
  const deadLetter = allOf(facts, deadletterKept).findLast(({data}) => isTheEnd(data, steps));
  const begun = received ?? attached;
  const ending = generated ?? rejected ?? closed ?? attached ?? deadLetter;
  return {
    received: received?.data,
    attached: attached?.data,
    ingested: ingested?.data,
    rejected: rejected?.data,
    classified: classified?.data,
    decided: decided?.data,
    closed: closed?.data,
    generated: generated?.data,
    deadLetter: deadLetter?.data,
    receivedAt: begun && attribute(begun.fact, 'time'),
    endedAt: ending && attribute(ending.fact, 'time'),
  };
}

/**
 * Whether a dead letter is where a document's way ended: it broke a step, nothing from further down has arrived, and
 * what was given up has not been overtaken by another fact of its kind, such as the decision of a higher correction.
 */
function isTheEnd(
  letter: DataOf<typeof deadletterKept>,
  steps: readonly (CloudEvent | undefined)[],
): boolean {
  const step = brokenStep(letter);
  if (step === undefined) return false;
  const place = way.indexOf(step);
  const given = steps[place];
  const isOvertaken = given !== undefined && asAttribute(identity(given).id) !== letter.event.id;
  return !isOvertaken && steps.slice(place + 1).every((later) => later === undefined);
}

interface Read<Data> {
  fact: CloudEvent;
  data: Data;
}

/** The decision that counts: a person's correction wins over the classifier's word, a later one over an earlier. */
function highestCorrection(facts: readonly CloudEvent[]): Read<DataOf<typeof routingDecided>> | undefined {
  return allOf(facts, routingDecided).reduce<Read<DataOf<typeof routingDecided>> | undefined>(
    (highest, each) =>
      highest === undefined || each.data.correction >= highest.data.correction ? each : highest,
    undefined,
  );
}

/** The answer that follows from a decision; any, where the decision itself has not arrived yet. */
function answerTo(
  facts: readonly CloudEvent[],
  decision: CloudEvent | undefined,
): Read<DataOf<typeof responseGenerated>> | undefined {
  const answers = allOf(facts, responseGenerated);
  if (decision === undefined) return answers.at(-1);
  return answers.findLast(({fact}) => attribute(fact, 'causationid') === attribute(decision, 'id'));
}

function lastOf<Schema extends TSchema>(
  facts: readonly CloudEvent[],
  contract: ContractTerms<string, Schema>,
): Read<Static<Schema>> | undefined {
  return allOf(facts, contract).at(-1);
}

function allOf<Schema extends TSchema>(
  facts: readonly CloudEvent[],
  contract: ContractTerms<string, Schema>,
): Read<Static<Schema>>[] {
  return facts.flatMap((fact) => {
    if (attribute(fact, 'type') !== contract.type) return [];
    try {
      return [{fact, data: dataAs(fact, contract)}];
    } catch {
      return [];
    }
  });
}
