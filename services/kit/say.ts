import type {CloudEvent} from './cloudevent.ts';
import type {Contract, Draft} from './contract.ts';
import {deriveId} from './derive.ts';
import type {DoorContext, SayOptions} from './door.ts';
import {Defer, messageOf} from './errors.ts';
import type {OpenService} from './open-service.ts';
import type {Nothing} from './reach.ts';
import {toEvent} from './reply.ts';
import type {Kept} from './said-events.ts';
import {presentTrace} from './telemetry/span.ts';
import {headersOf} from './telemetry/trace-context.ts';
import type {Telling} from './telling.ts';

/** The id of the event that a door says under a key: the same key is the same event. */
export function saidId({type}: {type: string}, key: string): string {
  return deriveId('said', type, key);
}

/** How the front doors of a service say something; see `DoorContext.say`. */
export function sayer({service, telling}: OpenService): DoorContext<Nothing, Contract>['say'] {
  return async (draft, options) => {
    if (telling === undefined)
      throw new TypeError(
        `A front door of ${service.name} says something, and the service declares no \`publishes\`.`,
      );
    const event = eventOf(draft, service.name, options);
    if (options.whileAway === 'not said') {
      await telling.hand(event);
      return {event, isRepeat: false};
    }
    const {key, known, change} = options;
    const {kept, isRepeat} = await telling.said.keep({key, event, known, change});
    if (!kept.isConfirmed) await tellOrKeep(telling, kept);
    return {event: kept.event, isRepeat};
  };
}

function eventOf(draft: Draft, service: string, {key, correlationId}: SayOptions<Nothing>): CloudEvent {
  const trace = presentTrace();
  const began = trace === undefined ? {} : headersOf(trace);
  return toEvent(draft, {
    service,
    id: saidId(draft.contract, key),
    time: new Date(),
    correlationId,
    ...began,
  });
}

async function tellOrKeep(telling: Telling, kept: Kept): Promise<void> {
  try {
    await telling.tell(kept);
  } catch (error) {
    if (!(error instanceof Defer)) throw error;
    throw new Defer(
      `This is kept and will take effect when the broker is back; doing it again changes nothing. ${messageOf(error)}`,
      {cause: error},
    );
  }
}
