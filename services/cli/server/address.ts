import {misused} from '../failure.ts';
import type {Terminal} from '../terminal.ts';

/** `--server`, for every command that talks to a running DIP. */
export const server = {
  type: 'string',
  value: 'URL',
  help: 'The DIP to talk to; default DIP_SERVER, or http://127.0.0.1:8080',
} as const;

/**
 * The address of the DIP to talk to, without a slash at its end.
 *
 * @throws Failure (usage) what is no http or https address
 */
export function addressOf(asked: string | undefined, {env}: Pick<Terminal, 'env'>): string {
  const text = asked ?? (env['DIP_SERVER'] || 'http://127.0.0.1:8080');
  const where = asked === undefined ? 'DIP_SERVER' : '`--server`';
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw misused(`${where} is an address such as http://127.0.0.1:8080, got \`${text}\`.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw misused(`${where} holds a password, which others can read; put a token into DIP_TOKEN instead.`);
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
