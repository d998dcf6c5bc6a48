import {randomBytes, timingSafeEqual} from 'node:crypto';
import type {IncomingMessage} from 'node:http';

/**
 * What our own services show in place of a token, as the first part of the path that their `K_SINK` names: any client in
 * any language sends it. New with each start, and never told to anybody else.
 */
export function newOwnKey(): string {
  return randomBytes(32).toString('base64url');
}

/** Whether a request shows the key; its path is then what comes behind it. */
export function showsKey(request: IncomingMessage, key: string): boolean {
  const [, shown = '', rest] = /^\/([^/?]*)(\/.*)$/s.exec(request.url ?? '') ?? [];
  const [given, expected] = [Buffer.from(shown), Buffer.from(key)];
  if (rest === undefined || given.length !== expected.length || !timingSafeEqual(given, expected))
    return false;
  request.url = rest;
  return true;
}
