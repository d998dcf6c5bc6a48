import type {IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders} from 'node:http';
import {traceHeaders} from '#kit/wire';

/** Headers that belong to one connection and not to the message (RFC 9110 §7.6.1). */
const hopByHop = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

/** What says how a message is framed or whom it is for: a `Connection` that names it changes nothing. */
const never = new Set(['content-length', 'host', 'content-type']);

/**
 * What is between a person and us, or says what only we may say. `Origin` is judged already: to the service one of
 * our own would look like a web page's. Some servers take the path or the method from a header.
 */
const endsHere =
  /^(authorization|proxy-.*|cookie2?|origin|expect|host|forwarded|x-forwarded-.*|x-real-ip|x-original-.*|x-rewrite-.*|x-http-method.*|x-method-override|dip-.*|ce-.*|k-.*|kn-.*|knative-.*|traceparent|tracestate|baggage)$/;

/** What a service can't say in our name: whom pages may trust, where to go, what a browser is to keep. */
const notOfServices =
  /^(access-control-.*|set-cookie2?|location|content-location|refresh|alt-svc|clear-site-data|service-worker-allowed|strict-transport-security|www-authenticate|proxy-authenticate|nel|report-to|reporting-endpoints|public-key-pins.*)$/;

/** The headers that a service gets: the person's own, and ours. */
export function headersForService(request: IncomingMessage): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {};
  // Many a server takes `dip_identity` and `dip-identity` for one (CGI, RFC 3875 §4.1.18).
  for (const [name, value] of Object.entries(ofMessage(request.headers)))
    if (!endsHere.test(name.replaceAll('_', '-'))) headers[name] = value;
  // Framed as it came. A length beside it is refused by Node's own parser.
  if (request.headers['transfer-encoding'] !== undefined) headers['transfer-encoding'] = 'chunked';
  const {host = ''} = request.headers;
  const chain = String(request.headers['x-forwarded-for'] ?? '');
  const isChain = /^[0-9a-f.:, ]{2,300}$/i.test(chain);
  const address = request.socket.remoteAddress ?? 'unknown';
  return {
    ...headers,
    'x-forwarded-for': isChain ? `${chain}, ${address}` : address,
    'x-forwarded-host': host,
    'x-forwarded-proto': request.headers['x-forwarded-proto'] === 'https' ? 'https' : 'http',
    ...traceHeaders(),
  };
}

/** The headers that a person gets: the service's, less what it may not say, and what keeps a document a document. */
export function headersForPerson(answer: IncomingHttpHeaders): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(ofMessage(answer)))
    if (!notOfServices.test(name)) headers[name] = value;
  const {location} = answer;
  if (location !== undefined && staysHere(location)) headers['location'] = location;
  return {...headers, ...harmless(answer['content-type'], answer['content-disposition'])};
}

/**
 * What a person wrote must never run as a page of ours: no guessing of its type, no script, no frame, and as a
 * download where it is not plain data.
 */
function harmless(type = '', disposition?: string): OutgoingHttpHeaders {
  const isData = /^\s*(application|text)\/([\w.-]+\+)?(json|plain)\s*(;|$)/i.test(type) || type === '';
  return {
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    ...(isData || disposition !== undefined ? {} : {'content-disposition': 'attachment'}),
  };
}

/** A redirect leads to a front door of ours, and nowhere else. */
function staysHere(location: string): boolean {
  if (!location.startsWith('/api/')) return false;
  const url = URL.parse(location, 'http://here.invalid/');
  return url?.origin === 'http://here.invalid' && url.pathname.startsWith('/api/');
}

function ofMessage(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const kept = {...headers};
  const named = headers.connection?.toLowerCase().split(/[,\s]+/) ?? [];
  for (const name of [...hopByHop, ...named]) if (!never.has(name)) delete kept[name];
  return kept;
}
