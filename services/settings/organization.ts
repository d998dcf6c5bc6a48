import type {Config} from '#kit';
import {readOwnSetting, type Setting} from './setting.ts';
import {isMapping, YamlFile} from './yaml-file.ts';

/** Who answers documents here. */
export interface Organization {
  /** What letters in a language, ISO 639-1, are signed with, on one line; null where nobody has said it. */
  nameIn(language: string): string | null;
  /** Whether a mail address is one of ours. */
  isOurs(address: string): boolean;
  /**
   * What becomes of what is attached: `parts` of the document that it came in, which gets one answer; or `documents` of
   * their own, where mails are bundles of separate letters.
   */
  readonly attachments: 'parts' | 'documents';
}

const nobody: Organization = {
  nameIn: () => null,
  isOurs: () => false,
  attachments: 'parts',
};

/**
 * The organization that the owner's `organization.yaml` says, or nobody in particular where there is none.
 *
 * @throws ConfigError as `readOwnSetting` does, Error as `readOrganization` does.
 */
export async function readOwnOrganization(config: Pick<Config, 'settingsDirectory'>): Promise<Organization> {
  const own = await readOwnSetting(config, 'organization.yaml');
  return own === undefined ? nobody : readOrganization(own);
}

/**
 * Reads `organization.yaml`. `name` is what letters are signed with, or such a name for each language. `addresses` are the mail addresses that are ours, or `@` and a domain for all of it: a mail from
 * one of them is not answered, as whoever answers oneself never ends. `attachments` is `parts` or `documents`.
 *
 * @throws Error with everything that is wrong, a line each: file, line and a sentence.
 */
export function readOrganization({text, name}: Setting): Organization {
  const {name: said, addresses, attachments, faults} = checkOrganization(text, name);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const ours = new Set(addresses);
  return {
    attachments,
    nameIn: (language) => (typeof said === 'string' ? said : (said.get(language) ?? null)),
    isOurs: (address) => {
      const lower = address.toLowerCase();
      return ours.has(lower) || ours.has(lower.slice(lower.lastIndexOf('@')));
    },
  };
}

/** What a file says, addresses in lower case, and what is wrong with it, as `readOrganization` says it. */
export interface CheckedOrganization {
  /** One for all languages, or by language. */
  readonly name: string | ReadonlyMap<string, string>;
  readonly addresses: readonly string[];
  readonly attachments: Organization['attachments'];
  readonly faults: readonly string[];
}

/** Reads a file of which something may be wrong, and says what. */
export function checkOrganization(yamlText: string, filename: string): CheckedOrganization {
  const file = new YamlFile(yamlText, filename);
  // Nothing but comments says nothing, as no file does.
  const said = file.value ?? {};
  if (!isMapping(said)) file.say(`Expected ${listed}, got ${JSON.stringify(said)}.`);
  const {name, addresses = [], attachments = 'parts', ...others} = isMapping(said) ? said : {};
  for (const key of Object.keys(others)) file.say(`Expected only ${listed}, got \`${key}\`.`, [key]);
  if (attachments !== 'parts' && attachments !== 'documents')
    file.say(`Expected attachments to be parts or documents, got ${JSON.stringify(attachments)}.`, [
      'attachments',
    ]);
  return {
    name: nameIn(file, name),
    addresses: addressesIn(file, addresses),
    attachments: attachments === 'documents' ? 'documents' : 'parts',
    faults: file.faults,
  };
}

const members = ['name', 'addresses', 'attachments'];
const listed = `${members.slice(0, -1).join(', ')} and ${members.at(-1)}`;

function nameIn(file: YamlFile, said: unknown): CheckedOrganization['name'] {
  if (said === undefined) return new Map();
  if (isName(said)) return said;
  if (!isMapping(said) || Object.keys(said).length === 0) {
    file.say(`Expected name to be ${aName}, or one by language, got ${JSON.stringify(said)}.`, ['name']);
    return new Map();
  }
  const names = Object.entries(said);
  for (const [language, name] of names) {
    const path = ['name', language];
    if (!/^[a-z]{2}$/.test(language))
      file.say(`Expected a language of two letters, such as en, got \`${language}\`.`, path);
    if (!isName(name))
      file.say(`Expected name in \`${language}\` to be ${aName}, got ${JSON.stringify(name)}.`, path);
  }
  return new Map(names.flatMap(([language, name]) => (isName(name) ? [[language, name]] : [])));
}

const aName = 'a text of 1 to 100 characters in one line';

function isName(value: unknown): value is string {
  return typeof value === 'string' && /^(?=.*\S)[^\p{C}\p{Zl}\p{Zp}]{1,100}$/u.test(value);
}

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
