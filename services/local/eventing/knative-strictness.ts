import type {IncomingHttpHeaders, IncomingMessage} from 'node:http';
import {attribute, type CloudEvent, Reject} from '#kit';

/**
 * Refuses what CloudEvents allows and Knative's ingress does not: what works on one machine has to work in a
 * cluster. And what can't be sent on: all attributes but the content type are percent-encoded on their way.
 *
 * @throws Reject with the attribute and its value.
 */
export function checkAsKnative(event: CloudEvent, headers: IncomingHttpHeaders): void {
  const time = attribute(event, 'time');
  if (headers['ce-time'] === '' && time === undefined) throw wrong('time', 'left out or not empty', '');
  if (time !== undefined && (/[tz]/.test(time) || time.slice(17, 19) === '60'))
    throw wrong('time', 'RFC 3339 with a capital T and Z and no leap second', time);
  const subject = attribute(event, 'subject');
  if (subject?.trim() === '') throw wrong('subject', 'left out or not blank', subject);
  const contentType = attribute(event, 'datacontenttype');
  if (contentType !== undefined && contentType !== 'application/json' && !isSendable(contentType))
    throw wrong(
      'datacontenttype',
      'a media type in printable ASCII whose parameters have values',
      contentType,
    );
}

function wrong(name: string, expected: string, got: string): Reject {
  return new Reject(`Expected \`${name}\` ${expected}, got ${JSON.stringify(got.slice(0, 120))}.`);
}

/** A media type of CloudEvents' own would make the receiver look for the event in the body, where there is none. */
function isSendable(contentType: string): boolean {
  const [type = '', ...parameters] = contentType.split(';');
  if (type.trim().toLowerCase().startsWith('application/cloudevents')) return false;
  if (!/^[\x20-\x7e]*$/.test(contentType)) return false;
  return parameters.every((parameter) => /^\s*([^\s=]+\s*=.+)?$/.test(parameter));
}

/** The headers of a request with the first value of those that were repeated, where Node joins them. */
export function firstOfEach(request: IncomingMessage): IncomingHttpHeaders {
  const {headers} = request;
  for (const name in headers) {
    if (!name.startsWith('ce-') || !headers[name]?.includes(', ')) continue;
    const first = request.headersDistinct[name]?.[0];
    if (first !== undefined) headers[name] = first;
  }
  return headers;
}
