import http, {type IncomingHttpHeaders} from 'node:http';
import {connect} from 'node:net';

export interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** One request, with its path as it stands: `fetch` would tidy it up. */
export function ask(
  url: string,
  {
    method = 'GET',
    path = '/',
    headers = {},
    body,
  }: {method?: string; path?: string; headers?: Record<string, string>; body?: string | Buffer},
): Promise<Answered> {
  const {hostname, port} = new URL(url);
  return new Promise((resolve, reject) => {
    const request = http.request({hostname, port, method, path, headers, agent: false}, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => {
        text += chunk;
      });
      answer.on('end', () => resolve({status: answer.statusCode ?? 0, headers: answer.headers, body: text}));
      answer.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** Bytes sent as they are, and all that comes back until the server closes. */
export function raw(url: string, bytes: string): Promise<string> {
  const {hostname, port} = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect({host: hostname, port: Number(port)});
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('close', () => resolve(text));
    socket.on('error', reject);
    socket.write(bytes);
  });
}

/** An event in binary mode, to be sent with `ask`. */
export const event = {
  'ce-specversion': '1.0',
  'ce-id': 'a',
  'ce-type': 'com.example.happened',
  'ce-source': '/test',
};
