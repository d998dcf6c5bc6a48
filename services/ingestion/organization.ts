import {parseDocument} from 'yaml';
import type {Setting} from '#kit';

/** Who answers documents here. */
export interface Organization {
  /** Whether a mail address is one of ours. */
  isOurs(address: string): boolean;
  /**
   * What becomes of what is attached: `parts` of the document that it came in, which gets one answer; or `documents` of
   * their own, where mails are bundles of separate letters.
   */
  readonly attachments: 'parts' | 'documents';
}

/** Of nobody in particular. */
export const noOrganization: Organization = {isOurs: () => false, attachments: 'parts'};

/**
 * Reads `organization.yaml`. `addresses` are the mail addresses that are ours, or `@` and a domain for all of it: a mail from
 * one of them is not answered, as whoever answers oneself never ends. `attachments` is `parts` or `documents`.
 *
 * @throws Error with everything that is wrong, a line each: file and a sentence.
 */
export function readOrganization({text, name}: Setting): Organization {
  const {addresses, attachments, faults} = checkOrganization(text, name);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const ours = new Set(addresses);
  return {
    attachments,
    isOurs: (address) => {
      const lower = address.toLowerCase();
      return ours.has(lower) || ours.has(lower.slice(lower.lastIndexOf('@')));
    },
  };
}

/** What a file says, addresses in lower case, and what is wrong with it, as `readOrganization` says it. */
export interface CheckedOrganization {
  readonly addresses: readonly string[];
  readonly attachments: Organization['attachments'];
  readonly faults: readonly string[];
}

/** Reads a file of which something may be wrong, and says what. */
export function checkOrganization(yamlText: string, filename: string): CheckedOrganization {
  const document = parseDocument(yamlText);
  const broken = document.errors.map(
    ({message, linePos}) => `${filename}:${linePos?.[0].line ?? 1}: ${message.split('\n')[0]}`,
  );
  if (broken.length > 0) return {addresses: [], attachments: 'parts', faults: broken};
  const value: unknown = document.toJS();
  const {addresses = [], attachments = 'parts', ...others} = recordOf(value);
  const faults = Object.keys(others).map((key) => `Expected only addresses and attachments, got \`${key}\`.`);
  if (attachments !== 'parts' && attachments !== 'documents')
    faults.push(`Expected attachments to be parts or documents, got ${JSON.stringify(attachments)}.`);
  if (!Array.isArray(addresses))
    faults.push(`Expected addresses to be a list, got ${JSON.stringify(addresses)}.`);
  const listed: unknown[] = Array.isArray(addresses) ? addresses : [];
  for (const address of listed.filter((each) => !isAddress(each)))
    faults.push(
      `Expected an address such as help@example.com, or @example.com for all of a domain, got ${JSON.stringify(address)}.`,
    );
  return {
    addresses: listed.filter(isAddress).map((address) => address.toLowerCase()),
    attachments: attachments === 'documents' ? 'documents' : 'parts',
    faults: faults.map((sentence) => `${filename}: ${sentence}`),
  };
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? {...value} : {};
}

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && /^[^\s@]*@[^\s@]+\.[^\s@]+$/.test(value);
}
