import type {Setting} from './setting.ts';
import {isMapping, YamlFile} from './yaml-file.ts';

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
 * @throws Error with everything that is wrong, a line each: file, line and a sentence.
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
  const file = new YamlFile(yamlText, filename);
  // Nothing but comments says nothing, as no file does.
  const said = file.value ?? {};
  if (!isMapping(said)) file.say(`Expected ${members.join(' and ')}, got ${JSON.stringify(said)}.`);
  const {addresses = [], attachments = 'parts', ...others} = isMapping(said) ? said : {};
  for (const key of Object.keys(others))
    file.say(`Expected only ${members.join(' and ')}, got \`${key}\`.`, [key]);
  if (attachments !== 'parts' && attachments !== 'documents')
    file.say(`Expected attachments to be parts or documents, got ${JSON.stringify(attachments)}.`, [
      'attachments',
    ]);
  return {
    addresses: addressesIn(file, addresses),
    attachments: attachments === 'documents' ? 'documents' : 'parts',
    faults: file.faults,
  };
}

const members = ['addresses', 'attachments'];

function addressesIn(file: YamlFile, list: unknown): string[] {
  if (!Array.isArray(list)) {
    file.say(`Expected addresses to be a list, got ${JSON.stringify(list)}.`, ['addresses']);
    return [];
  }
  const said: unknown[] = list;
  for (const [place, address] of said.entries())
    if (!isAddress(address))
      file.say(
        `Expected an address such as help@example.com, or @example.com for all of a domain, got ${JSON.stringify(address)}.`,
        ['addresses', place],
      );
  return said.filter(isAddress).map((address) => address.toLowerCase());
}

function isAddress(value: unknown): value is string {
  return typeof value === 'string' && /^[^\s@]*@[^\s@]+\.[^\s@]+$/.test(value);
}
