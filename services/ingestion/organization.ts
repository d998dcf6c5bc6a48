import {parseDocument} from 'yaml';
import type {Setting} from '#kit';

/** Who answers documents here. */
export interface Organization {
  /** Whether a mail address is one of ours. */
  isOurs(address: string): boolean;
}

/** Of nobody in particular. */
export const noOrganization: Organization = {isOurs: () => false};

/**
 * Reads `organization.yaml`: under `addresses` the mail addresses that are ours, or `@` and a domain for all of it. A mail
 * from one of them is not answered: whoever answers oneself never ends.
 *
 * @throws Error with everything that is wrong, a line each: file and a sentence.
 */
export function readOrganization({text, name}: Setting): Organization {
  const {addresses, faults} = checkOrganization(text, name);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const ours = new Set(addresses);
  return {
    isOurs: (address) => {
      const lower = address.toLowerCase();
      return ours.has(lower) || ours.has(lower.slice(lower.lastIndexOf('@')));
    },
  };
}

/** The addresses of a file, in lower case, and what is wrong with others, as `readOrganization` says it. */
export function checkOrganization(
  yamlText: string,
  filename: string,
): {addresses: string[]; faults: string[]} {
  const document = parseDocument(yamlText);
  const faults = document.errors.map(({message, linePos}) => {
    return `${filename}:${linePos?.[0].line ?? 1}: ${message.split('\n')[0]}`;
  });
  if (faults.length > 0) return {addresses: [], faults};
  const value: unknown = document.toJS();
  const written = typeof value === 'object' && value !== null ? value : {};
  for (const key of Object.keys(written))
    if (key !== 'addresses') faults.push(`${filename}: Expected only addresses, got \`${key}\`.`);
  const listed: unknown = 'addresses' in written ? written.addresses : undefined;
  if (!Array.isArray(listed)) {
    faults.push(`${filename}: Expected addresses to be a list, got ${JSON.stringify(listed) ?? 'nothing'}.`);
    return {addresses: [], faults};
  }
  const addresses = listed.flatMap((address: unknown) => {
    if (typeof address === 'string' && /^[^\s@]*@[^\s@]+\.[^\s@]+$/.test(address))
      return [address.toLowerCase()];
    faults.push(
      `${filename}: Expected an address such as help@example.com, or @example.com for all of a domain, got ${JSON.stringify(address)}.`,
    );
    return [];
  });
  return {addresses, faults};
}
