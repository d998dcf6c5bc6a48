import type {Representation, Static, TSchema} from '#kit';
import {isObject, type JsonObject, parsed, textAt} from '#kit/json';
import {exit, Failure} from '../failure.ts';
import {oneLine} from '../output/cell.ts';
import type {Answer} from './connect.ts';
import {retryAfterMs} from './retry.ts';

/**
 * The JSON object that a server answered with.
 *
 * @throws Failure a status that is no success, in the server's words where it has any; 404 with exit code 3
 */
export function objectOf(answer: Answer): JsonObject {
  if (!isSuccess(answer)) {
    throw new Failure(refusal(answer), answer.status === 404 ? exit.notFound : exit.error);
  }
  const value = parsed(answer.text);
  if (isObject(value)) return value;
  throw new Failure(`Expected a JSON object from ${answer.url}, got something else: is that a DIP?`);
}

/**
 * What a front door answered, once it fits what the door is to answer; members that this `dip` knows nothing of stay.
 *
 * @throws Failure as `objectOf` does, or where it does not fit: a DIP of another version
 */
export function shownBy<Schema extends TSchema>(
  answer: Answer,
  shape: Representation<Schema>,
): Static<Schema> {
  const shown: unknown = objectOf(answer);
  assertShown(shown, shape, answer.url);
  return shown;
}

function assertShown<Schema extends TSchema>(
  shown: unknown,
  {name, faults}: Representation<Schema>,
  url: string,
): asserts shown is Static<Schema> {
  const [fault] = faults(shown);
  if (fault === undefined) return;
  const expected = `Expected ${name} from ${url} as this dip knows it, got another: ${oneLine(fault).slice(0, 200)}`;
  throw new Failure(`${expected}. Is it a DIP of another version?`);
}

/** Whether the server did what it was asked: a status from 200 to 299. */
export function isSuccess({status}: Answer): boolean {
  return status >= 200 && status < 300;
}

/** What a refused request comes to, as a sentence. */
export function refusal(answer: Answer): string {
  const said = sentenceOf(answer);
  return said === undefined ? `${meaning(answer)}.` : `${meaning(answer)}: ${said}`;
}

function meaning(answer: Answer): string {
  const {status, url} = answer;
  const seconds = (retryAfterMs(answer) ?? 0) / 1000;
  const later = seconds > 0 ? `; try again in ${seconds} s` : '; try again later';
  if (status === 401) return 'DIP wants to know who you are; put a token into DIP_TOKEN (401)';
  if (status === 403) return 'DIP does not let you do this (403)';
  if (status === 404) return `There is nothing at ${url} (404)`;
  if (status === 413) return 'This is larger than DIP takes (413)';
  if (status === 415 || status === 422) return `DIP can not take this (${status})`;
  if (status === 429) return `DIP has too much to do${later} (429)`;
  if (status === 503) return `DIP is not available just now${later} (503)`;
  if (status >= 500) return `DIP failed at this (${status})`;
  return `DIP refused this (${status})`;
}

/** The server's own sentence: `error` or `message` of a JSON body, or a body of plain text. */
function sentenceOf({text, headers}: Answer): string | undefined {
  const json = parsed(text);
  const said = isObject(json)
    ? (textAt(json, 'error') ?? textAt(json, 'error', 'message') ?? textAt(json, 'message'))
    : (headers.get('content-type') ?? 'text/plain').startsWith('text/plain')
      ? text
      : undefined;
  const sentence = oneLine(said?.slice(0, 700) ?? '').trim();
  return sentence === '' ? undefined : sentence;
}
