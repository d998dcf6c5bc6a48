import type {CloudEventV1} from 'cloudevents';
import type {Transaction} from 'kysely';
import {checkedData} from './check.ts';
import {attribute, type CloudEvent, identity} from './cloudevent.ts';
import type {Draft} from './contract.ts';
import type {RunnableHandler} from './definition.ts';
import {Reject} from './errors.ts';
import {handlerContext, replyTime} from './handler-context.ts';
import type {OpenService} from './open-service.ts';
import type {Nothing} from './reach.ts';
import {replyTo} from './reply.ts';
import type {Change, Reply} from './stored-replies.ts';
import {inSpan} from './telemetry/span.ts';

/**
 * Answers one event: with the stored reply when it was handled before, else with what the handler says, stored
 * in the transaction of the handler's own changes.
 *
 * @throws Reject when the event is none that the service hears, or breaks its contract.
 */
export async function answer(
  open: OpenService,
  cause: CloudEvent,
): Promise<{reply: Reply; isRepeat: boolean}> {
  const {service, replies, commit} = open;
  const occurrence = service.occurrence?.(cause);
  const among = occurrence === undefined ? [] : [occurrence];
  const earlier = await replies?.find(cause, among);
  if (earlier !== undefined) return {reply: earlier.reply, isRepeat: true};

  const changes: Change[] = [];
  const {handler, event} = handlerFor(open, cause);
  const said = await inSpan(
    `handle ${service.name}`,
    () => ({kind: 'internal', attributes: {'cloudevents.event_type': identity(cause).type}}),
    () => handler(event, handlerContext(open, cause, changes)),
  );
  const origin = {service: service.name, time: replyTime(open, cause), part: occurrence};
  const replyOf = (draft: Draft | undefined) => draft && replyTo(cause, draft, origin);
  const change: Change = async (transaction, after) => {
    for (const write of changes) await write(transaction, after);
  };
  if (replies !== undefined) {
    const reply = async (transaction: Transaction<Nothing>) =>
      replyOf(typeof said === 'function' ? await said(transaction) : said);
    return {reply: await replies.store({cause, among, reply, change}), isRepeat: false};
  }
  if (typeof said === 'function')
    throw new TypeError(
      `Service ${service.name} stores no replies, so it has no transaction to decide one in.`,
    );
  if (changes.length > 0) await commit?.(change);
  return {reply: replyOf(said), isRepeat: false};
}

function handlerFor(
  {service}: OpenService,
  cause: CloudEvent,
): {handler: RunnableHandler; event: CloudEventV1<unknown> | CloudEvent} {
  const {type} = identity(cause);
  const {handle} = service;
  if (service.hearsAnything && typeof handle === 'function') return {handler: handle, event: cause};
  const contract = service.contracts.find((candidate) => candidate.type === type);
  const handler = typeof handle === 'function' ? handle : handle[type];
  if (contract === undefined || handler === undefined) {
    const heard = service.contracts.map((candidate) => candidate.type).join(', ');
    throw new Reject(`Service ${service.name} does not hear ${type.slice(0, 120)}, but ${heard}.`);
  }
  return {handler, event: sdkEvent(cause, checkedData(cause, contract))};
}

/** The event in the type of the CloudEvents SDK, which is what service authors know. */
function sdkEvent(cause: CloudEvent, data: unknown): CloudEventV1<unknown> {
  const {source, id, type} = identity(cause);
  return {...cause.attributes, specversion: attribute(cause, 'specversion') ?? '1.0', source, id, type, data};
}
