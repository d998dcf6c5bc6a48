import type {CloudEvent} from '#kit';
import type {Destination} from '#manifests';
import type {Answer} from './outcome.ts';

/** Takes a message to where a trigger points. */
export interface Carrier {
  /**
   * @throws CarrierTimeout when no answer came in time, CarrierStopped when we stop, CarrierHeld when it can't go out
   * from here now, another Error when the connection failed.
   */
  send(destination: Destination, event: CloudEvent, options: CarryOptions): Promise<Answer>;
  /** The address of a destination, for people and dead letters. */
  addressOf(destination: Destination): string;
}

export interface CarryOptions {
  /** Of the trigger. */
  namespace: string;
  /** The trigger's name, for those who watch. */
  trigger: string;
  timeoutMs: number;
  /** Whether a reply is welcome. */
  wantsReply: boolean;
  /** When the event came in, where its receiver is told, as Knative's ingress does; milliseconds since 1970. */
  arrivedAt: number | undefined;
  followsRedirects: boolean;
}

/** No answer came in time. */
export class CarrierTimeout extends Error {
  override readonly name = 'CarrierTimeout';
}

/** The service does not start, or this machine has no connection left to give: the event waits until that has changed. */
export class CarrierHeld extends Error {
  override readonly name = 'CarrierHeld';
  /** Milliseconds until it is worth trying again. */
  readonly afterMs: number;
  /** Whether a person has heard of it already. */
  readonly isSaid: boolean;

  constructor(message: string, options: ErrorOptions & {afterMs: number; isSaid: boolean}) {
    super(message, options);
    this.afterMs = options.afterMs;
    this.isSaid = options.isSaid;
  }
}

/** We are stopping: what became of the event is not known, and it is nobody's failure. */
export class CarrierStopped extends Error {
  override readonly name = 'CarrierStopped';
}
