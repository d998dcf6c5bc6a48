import {
  deadletterKept,
  documentClassified,
  documentIngested,
  documentReceived,
  documentRejected,
  responseGenerated,
  routingDecided,
} from '#events';
import {
  attribute,
  type CloudEvent,
  type ContractTerms,
  type DataOf,
  dataAs,
  type Static,
  type TSchema,
} from '#kit';

/** How a document stands: still on its way, or at one of its ends. */
export type Status = 'in-work' | 'answered' | 'rejected' | 'failed';

/** What a document's facts say, each kind by its last word: the decision of the highest correction and what follows it. */
export interface Told {
  received: DataOf<typeof documentReceived> | undefined;
  ingested: DataOf<typeof documentIngested> | undefined;
  rejected: DataOf<typeof documentRejected> | undefined;
  classified: DataOf<typeof documentClassified> | undefined;
  decided: DataOf<typeof routingDecided> | undefined;
  generated: DataOf<typeof responseGenerated> | undefined;
  deadLetter: DataOf<typeof deadletterKept> | undefined;
  receivedAt: string | undefined;
  /** When the fact that ended it was said. */
  endedAt: string | undefined;
}

/** How a document stands by its facts, whatever order they arrived in; undefined when none of them is about a document. */
export function statusOf(facts: readonly CloudEvent[]): Status | undefined {
  return statusOfTold(tell(facts));
}

/** An answer or a rejection ends a document; a dead letter does only where neither came. */
export function statusOfTold(told: Told): Status | undefined {
  if (told.generated !== undefined) return 'answered';
  if (told.rejected !== undefined) return 'rejected';
  if (told.deadLetter !== undefined) return 'failed';
  const isKnown = [told.received, told.ingested, told.classified, told.decided].some(
    (fact) => fact !== undefined,
  );
  return isKnown ? 'in-work' : undefined;
}

/** Folds a document's facts. A fact that breaks its contract, as anybody may send one, is passed over. */
export function tell(facts: readonly CloudEvent[]): Told {
  const received = lastOf(facts, documentReceived);
  const rejected = lastOf(facts, documentRejected);
  const decided = highestCorrection(facts);
  const generated = answerTo(facts, decided?.fact);
  const deadLetter = lastOf(facts, deadletterKept);
  const ending = generated ?? rejected ?? deadLetter;
  return {
    received: received?.data,
    ingested: lastOf(facts, documentIngested)?.data,
    rejected: rejected?.data,
    classified: lastOf(facts, documentClassified)?.data,
    decided: decided?.data,
    generated: generated?.data,
    deadLetter: deadLetter?.data,
    receivedAt: received && attribute(received.fact, 'time'),
    endedAt: ending && attribute(ending.fact, 'time'),
  };
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
