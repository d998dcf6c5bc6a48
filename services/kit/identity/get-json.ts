import {messageOf} from '../errors.ts';
import {isObject, type JsonObject, parsed} from '../json.ts';
import {beginningOf, makeRequest} from '../outgoing-request.ts';

/** Less than Knative waits for the answer to an event, by far. */
const timeoutMs = 3_000;
/** Key sets are a few thousand characters. */
const longestAnswer = 262_144;

/**
 * One answer as a JSON object.
 *
 * @param options.certificates in PEM, trusted besides the usual ones
 * @throws Error when none comes within the time.
 */
export async function getJson(
  url: URL,
  {token, certificates}: {token: string | undefined; certificates: string | undefined},
): Promise<JsonObject> {
  // An API server gives its keys as nothing but the second, and answers 406 to who does not take it.
  const accept = 'application/json, application/jwk-set+json';
  const headers = {accept, ...(token && {authorization: `Bearer ${token}`})};
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const answer = await makeRequest(url, {headers, agent: false, certificates, signal});
    const value = parsed(await beginningOf(answer, longestAnswer));
    if (answer.statusCode === 200 && isObject(value)) return value;
    throw new Error(`it answered ${url.pathname} with ${answer.statusCode}, or with no JSON object`);
  } catch (error) {
    const said = signal.aborted ? `it gave no answer within ${timeoutMs / 1000} s` : messageOf(error);
    throw new Error(`${url.host} was asked, and ${said}.`, {cause: error});
  }
}
