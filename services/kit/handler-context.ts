import {keepWords} from './blobs/keep-words.ts';
import {attribute, type CloudEvent} from './cloudevent.ts';
import type {Contract, Draft} from './contract.ts';
import type {HandlerContext} from './definition.ts';
import {deriveEventId} from './derive.ts';
import type {OpenService} from './open-service.ts';
import type {Nothing} from './reach.ts';
import {replyTo} from './reply.ts';
import type {Change} from './stored-replies.ts';

/** What a handler can do while it handles `cause`; the changes it asks for are put down in `changes`. */
export function handlerContext(
  open: OpenService,
  cause: CloudEvent,
  changes: Change[],
): HandlerContext<Nothing, Contract, unknown> {
  const {reach, service} = open;
  const replyId = (contract: Contract) => deriveEventId(cause, contract.type, service.occurrence?.(cause));
  return {
    config: reach.config,
    log: reach.log,
    get blobs() {
      return reach.blobs;
    },
    get database() {
      return reach.database;
    },
    started: reach.started,
    cause,
    replyId,
    async keep(contract, documentId, name, value) {
      return keepWords(reach.blobs, {documentId, eventId: replyId(contract)}, name, value);
    },
    publish: (draft, part) => publishOnce(open, cause, draft, String(part)),
    publishAgain: (event) => open.publish(event),
    change: (write) => {
      changes.push(write);
    },
  };
}

/**
 * When an event that follows from this cause happened. What is not stored must not have the clock's time, as a
 * repeat has to have the same bytes: it has the time of its cause, where that has one.
 */
export function replyTime({replies}: OpenService, cause: CloudEvent): Date | undefined {
  if (replies !== undefined) return new Date();
  const time = new Date(attribute(cause, 'time') ?? Number.NaN);
  return Number.isNaN(time.getTime()) ? undefined : time;
}

/** Stored before it is handed on: a second attempt, with another model or clock, must not say something else. */
async function publishOnce(open: OpenService, cause: CloudEvent, draft: Draft, part: string): Promise<void> {
  if (part === '') throw new TypeError(`Expected a part of its own for a published ${draft.contract.type}.`);
  const {service, replies} = open;
  const occurrence = service.occurrence?.(cause);
  const parts = occurrence === undefined ? part : JSON.stringify([occurrence, part]);
  const event = replyTo(cause, draft, {service: service.name, time: replyTime(open, cause), part: parts});
  const key = ['published', draft.contract.type, parts];
  const first = await replies?.store({cause, among: key, reply: async () => event, change: async () => {}});
  await open.publish(first ?? event);
}
