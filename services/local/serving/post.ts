import type {IncomingHttpHeaders} from 'node:http';
import type {Dispatcher} from 'undici';
import type {Answer} from '../eventing/outcome.ts';

export interface Message {
  method: 'POST' | 'GET';
  headers: Record<string, string>;
  body: Buffer | null;
}

/** No answer came in time. */
export class NoAnswerInTime extends Error {
  override readonly name = 'NoAnswerInTime';
}

/**
 * Sends one message and collects the answer. On undici's lowest level: a signal and a body as a stream for each
 * message would cost as much as all the rest of a delivery.
 *
 * @throws NoAnswerInTime when the answer is not whole within the time, another Error when the connection failed.
 */
export function post(
  dispatcher: Dispatcher,
  url: string,
  {message, timeoutMs}: {message: Message; timeoutMs: number},
): Promise<Answer> {
  const {origin, pathname, search} = new URL(url);
  const options = {...message, origin, path: `${pathname}${search}`, headersTimeout: 0, bodyTimeout: 0};
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    let isLate = false;
    let status = 0;
    let headers: IncomingHttpHeaders = {};
    const chunks: Buffer[] = [];
    const timer = setTimeout(() => {
      const late = new NoAnswerInTime(`did not answer within ${timeoutMs} ms`);
      isLate = true;
      controller?.abort(late);
      reject(late);
    }, timeoutMs);
    dispatcher.dispatch(options, {
      onRequestStart(started) {
        controller = started;
        // It waited for a connection, and by now nobody waits for its answer.
        if (isLate) started.abort(new NoAnswerInTime('it came too late to be sent'));
      },
      onResponseStart(_controller, statusCode, got) {
        status = statusCode;
        headers = got;
      },
      onResponseData(_controller, chunk) {
        chunks.push(chunk);
      },
      onResponseEnd() {
        clearTimeout(timer);
        const [only = nothing] = chunks;
        resolve({status, headers, body: chunks.length < 2 ? only : Buffer.concat(chunks)});
      },
      onResponseError(_controller, error) {
        clearTimeout(timer);
        reject(error);
      },
    });
  });
}

const nothing = Buffer.alloc(0);
