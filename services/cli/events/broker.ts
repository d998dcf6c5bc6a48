import {misused} from '../failure.ts';

/** `--broker`, for every command that names one. */
export const broker = {
  type: 'string',
  short: 'b',
  value: 'NAMESPACE/NAME',
  help: 'The broker it is for; default dip/default',
} as const;

/**
 * Where events for a broker are posted, below a server's address.
 *
 * @param asked `<namespace>/<name>`, or only a name in the namespace `dip`
 * @throws Failure (usage) what Kubernetes does not allow as a name
 */
export function brokerPath(asked = 'dip/default'): string {
  const parts = asked.includes('/') ? asked.split('/') : ['dip', asked];
  if (parts.length === 2 && parts.every((part) => /^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$/.test(part))) {
    return `/${parts.join('/')}`;
  }
  throw misused(`\`--broker\` is <namespace>/<name>, such as dip/default; got \`${asked}\`.`);
}
