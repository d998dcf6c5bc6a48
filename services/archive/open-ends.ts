import {documentClosed, documentRejected, responseGenerated} from '#events';
import {attribute, type CloudEvent, identity} from '#kit';
import {way} from './way.ts';

const onTheWay = new Set(way.map(({type}) => type));
const following = new Set([...onTheWay, documentRejected.type, documentClosed.type, responseGenerated.type]);

/**
 * The facts at which a document's way breaks off: those on the way to its answer that none of the facts on it follows
 * from. Each step is answered with exactly one fact, so whatever is missing, a delivery or an answer of it, follows
 * when these are delivered again; what comes before them would only be answered with what is there already. Where none
 * is open and the document has yet not ended, as after a fact that breaks its contract, it is all of them.
 */
export function openEnds(facts: readonly CloudEvent[]): CloudEvent[] {
  const causes = new Set(
    facts.filter((fact) => following.has(identity(fact).type)).map((fact) => attribute(fact, 'causationid')),
  );
  const steps = facts.filter((fact) => onTheWay.has(identity(fact).type));
  const open = steps.filter((fact) => !causes.has(identity(fact).id));
  return open.length > 0 ? open : steps;
}
