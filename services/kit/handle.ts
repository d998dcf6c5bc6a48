import {createHash} from 'node:crypto';
import type {CloudEventV1} from 'cloudevents';
import {checkedData} from './check.ts';
import {attribute, type CloudEvent, identity} from './cloudevent.ts';
import type {Contract} from './contract.ts';
import {deriveEventId} from './derive.ts';
import {Reject} from './errors.ts';
import type {OpenService} from './open-service.ts';
import {replyTo} from './reply.ts';
import type {HandlerContext, Nothing, RunnableHandler} from './service.ts';
import type {Change, Reply} from './stored-replies.ts';

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
  const {service} = open;
  const part = service.part?.(cause);
  const earlier = await open.replies?.find(cause, part);
  if (earlier !== undefined) return {reply: earlier.reply, isRepeat: true};

  const changes: Change[] = [];
  const {handler, event} = handlerFor(open, cause);
  const draft = await handler(event, contextOf(open, cause, changes));
  const reply =
    draft === undefined ? undefined : replyTo(cause, draft, {service: open.service.name, time: new Date()});
  const change: Change = async (transaction) => {
    for (const write of changes) await write(transaction);
  };
  if (open.replies !== undefined)
    return {reply: await open.replies.store({cause, part, reply, change}), isRepeat: false};
  if (changes.length > 0) await open.reach.database.transaction().execute(change);
  return {reply, isRepeat: false};
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

function contextOf(
  open: OpenService,
  cause: CloudEvent,
  changes: Change[],
): HandlerContext<Nothing, Contract> {
  const {reach, service} = open;
  const replyId = (contract: Contract) => deriveEventId(cause, contract.type, service.part?.(cause));
  return {
    config: reach.config,
    log: reach.log,
    get blobs() {
      return reach.blobs;
    },
    get database() {
      return reach.database;
    },
    cause,
    replyId,
    async keep(contract, documentId, name, value) {
      const bytes = Buffer.from(JSON.stringify(value));
      const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
      const ref = `documents/${documentId}/${replyId(contract)}/${name}.${hash}.json`;
      await reach.blobs.write(ref, bytes);
      return ref;
    },
    publish: (draft, part) =>
      open.publish(replyTo(cause, draft, {service: service.name, time: timeOf(cause), part})),
    change: (write) => {
      changes.push(write);
    },
  };
}

/** The time of an event that is not stored must not be the clock's: a repeat has to have the same bytes. */
function timeOf(cause: CloudEvent): Date | undefined {
  const time = attribute(cause, 'time');
  return time === undefined ? undefined : new Date(time);
}
