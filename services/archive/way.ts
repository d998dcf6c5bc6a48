import {
  type deadletterKept,
  documentClassified,
  documentIngested,
  documentReceived,
  routingDecided,
} from '#events';
import type {DataOf} from '#kit';

/** One step to the answer: a fact, and the service that says what follows from it. */
export interface Step {
  readonly type: string;
  readonly service: string;
}

/** The way to the answer. Who else hears these facts is beside it. */
export const way: readonly Step[] = [
  {type: documentReceived.type, service: 'ingestion'},
  {type: documentIngested.type, service: 'classification'},
  {type: documentClassified.type, service: 'routing'},
  {type: routingDecided.type, service: 'response'},
];

type Letter = DataOf<typeof deadletterKept>;

/** The step that a dead letter broke; undefined when it was given up by somebody beside the way. */
export function brokenStep(letter: Letter): Step | undefined {
  return way.find((step) => step.type === letter.event.type && mayBeOf(step, letter));
}

/**
 * Not every engine says who gave an event up: some name the service, some the trigger, some neither. Of neither it is
 * taken for the step, as a document that waits for ever is worse than one that is called failed until it goes on.
 */
function mayBeOf(step: Step, {service, trigger}: Letter): boolean {
  if (typeof service === 'string') return service === step.service;
  if (trigger !== null) return trigger.endsWith(`-to-${step.service}`);
  return true;
}
