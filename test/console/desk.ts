import {mkdirSync, writeFileSync} from 'node:fs';
import {createServer, type RequestListener} from 'node:http';
import {connect} from 'node:net';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {encodeRecord, newToken, type TokenRecord} from '#gateway';
import type {Role} from '#kit';
import console from '../../services/console/service.ts';
import {folder, serving} from '../kit/serving.ts';

/** A console that runs, in front of whatever answers. */
export interface Desk {
  url: string;
  /** What it has logged, a JSON line each. */
  lines: string[];
  /** Its tokens, a file each. */
  tokens: string;
  /** Headers that show a token of a role. */
  bearer: Readonly<Record<Role, {authorization: string}>>;
}

/** Starts a console before `http://…/{service}`, with a token of each role. */
export async function openConsole(t: ExecutionContext, servicesUrl: string): Promise<Desk> {
  const tokens = path.join(folder(t), 'tokens');
  mkdirSync(tokens);
  const bearer = {
    submit: {authorization: `Bearer ${putToken(tokens, 'sue', {role: 'submit'})}`},
    review: {authorization: `Bearer ${putToken(tokens, 'ray', {role: 'review'})}`},
    operate: {authorization: `Bearer ${putToken(tokens, 'ola', {role: 'operate'})}`},
  };
  const {url, lines} = await serving(t, console, {servicesUrl, tokensDirectory: tokens});
  return {url, lines, tokens, bearer};
}

/** Puts a token into a folder, and says what it is. Its rate is one that no test reaches. */
export function putToken(
  into: string,
  name: string,
  terms: Partial<TokenRecord> & Pick<TokenRecord, 'role'>,
): string {
  const usual = {createdAt: '2026-01-01T00:00:00Z', expiresAt: null, ratePerMinute: 1_000_000};
  const {token, record} = newToken({...usual, ...terms});
  writeFileSync(path.join(into, name), encodeRecord(record));
  return token;
}

/** A server that stands for all services: its answer is the test's. */
export async function upstream(t: ExecutionContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 4_096, resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/{service}`;
}

/** Says something, byte for byte, and hears the answer until the connection ends, however it does. */
export function say(url: string, bytes: string): Promise<string> {
  const {hostname, port} = new URL(url);
  return new Promise((resolve) => {
    let heard = '';
    const socket = connect({host: hostname, port: Number(port)}, () => socket.write(bytes));
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      heard += chunk;
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(heard));
  });
}
