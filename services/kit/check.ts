import {attribute, type CloudEvent, identity} from './cloudevent.ts';
import {isJson} from './codec/media-type.ts';
import type {ContractTerms, Static, TSchema} from './contract.ts';
import {messageOf, Reject} from './errors.ts';

/**
 * The data of an event, as today's contract has it: older majors are brought up step by step, and of a newer minor
 * what is not known yet is left out.
 *
 * @throws Reject when the data is no JSON, is of a newer major, or breaks the contract.
 */
export function checkedData(event: CloudEvent, contract: ContractTerms): unknown {
  const {id} = identity(event);
  const {major, minor} = versionOf(event, contract);
  const [ownMajor = 1, ownMinor = 0] = contract.version.split('.').map(Number);
  if (major > ownMajor) {
    throw new Reject(
      `Event ${id} is ${contract.type} of version ${major}.${minor}, and ${contract.version} is the newest known here.`,
    );
  }
  let data = parse(event);
  for (let from = major; from < ownMajor; from++) {
    const upcast = contract.upcasters[from];
    if (upcast === undefined)
      throw new Reject(
        `Event ${id} is ${contract.type} of version ${from}, which can't be brought up to ${from + 1}.`,
      );
    data = upcasted(upcast, data, id);
  }
  if (major === ownMajor && minor > ownMinor) data = contract.known(data);
  const faults = contract.faults(data);
  if (faults.length > 0)
    throw new Reject(
      `Event ${id} breaks ${contract.dataschema}: ${faults.slice(0, 3).join('; ').slice(0, 400)}.`,
    );
  return data;
}

/** What can't be brought up now can't be the next time either: the fault is the data's. */
function upcasted(upcast: (data: unknown) => unknown, data: unknown, id: string): unknown {
  try {
    return upcast(data);
  } catch (error) {
    throw new Reject(`Event ${id} can't be brought up to date: ${messageOf(error).slice(0, 200)}.`, {
      cause: error,
    });
  }
}

/** The data of an event as its contract's own type. @throws Reject as `checkedData` does. */
export function dataAs<Schema extends TSchema>(
  event: CloudEvent,
  contract: ContractTerms<string, Schema>,
): Static<Schema> {
  const data = checkedData(event, contract);
  assertChecked(data, contract.schema);
  return data;
}

/** Tells the compiler what `checkedData` has made sure of. */
function assertChecked<Schema extends TSchema>(
  _data: unknown,
  _schema: Schema,
): asserts _data is Static<Schema> {}

/** The version that `dataschema` names; an event without one is taken for today's. */
function versionOf(event: CloudEvent, contract: ContractTerms): {major: number; minor: number} {
  const dataschema = attribute(event, 'dataschema') ?? contract.dataschema;
  const version = /^urn:dip:(?<type>.+):(?<major>\d+)\.(?<minor>\d+)$/.exec(dataschema)?.groups;
  if (version?.['type'] !== contract.type) {
    throw new Reject(
      `Event ${identity(event).id} has dataschema ${dataschema.slice(0, 120)}, expected ${contract.dataschema}.`,
    );
  }
  return {major: Number(version['major']), minor: Number(version['minor'])};
}

function parse(event: CloudEvent): unknown {
  const contentType = attribute(event, 'datacontenttype');
  if (contentType !== undefined && !isJson(contentType)) {
    throw new Reject(
      `Event ${identity(event).id} has data of type ${contentType.slice(0, 80)}, expected application/json.`,
    );
  }
  try {
    return JSON.parse(event.data?.toString('utf8') ?? 'null');
  } catch (error) {
    throw new Reject(
      `Event ${identity(event).id} has data that is no JSON: ${messageOf(error).slice(0, 200)}.`,
    );
  }
}
