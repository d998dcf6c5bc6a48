import {type PersonName, plainWord, readPersonName} from './person-name.ts';

/** The mail's header, as far as it tells who wrote. */
export interface Header {
  readonly name: string | null;
  readonly address: string | null;
}

const mailbox =
  /^(?:no-?reply|do-?not-?reply|info|sales|support|service|help|hello|contact|billing|office|team|orders?|news|newsletter|marketing|admin|accounts?|mail|enquiries|inquiries|notifications?|alerts?|updates?|jobs|hr|press|webmaster|postmaster|mailer-daemon|customer.*|.*services?|.*support)(?:[+._-].*)?$/i;
/** Whoever writes for somebody else may be either of the two. */
const forAnother =
  /\b(?:on behalf of|o\/b\/o|for and on behalf|im auftrag|i\.\s?a\.|p\.\s?p\.|au nom de|en nombre de|per conto di|namens)(?!\p{L})/iu;
const separators =
  /\s+(?:\||[-–—@/•·:])\s+|\s+(?:via|through|from|at|über|von|chez|de parte de)\s+(?=\S+$|\p{Lu})/iu;

/** The person that a mail names as its sender: what it says, or one of the parts that "Anna Example | ACME" has. */
export function declaredPerson({name, address}: Header): PersonName | undefined {
  const written = (name ?? '').slice(0, 200).replace(/\s*<[^<>]{0,100}>\s*$/, '');
  if (forAnother.test(written)) return undefined;
  const whole = readPersonName(written);
  if (whole !== undefined) return weighed(whole, address);
  const parts = written.split(separators);
  if (parts.length < 2) return undefined;
  const people = parts.map((part) => readPersonName(part));
  const plain = people.filter((person) => person?.evidence === 'plain');
  if (plain.length > 0) return plain.length === 1 ? plain[0] : undefined;
  const [first] = people;
  return first !== undefined && people.slice(1).every((one) => one === undefined || one.evidence === 'bare')
    ? weighed(first, address)
    : undefined;
}

/**
 * What a company could be called too is believed where the address agrees, and doubted where it is a mailbox of many
 * or the company's own.
 */
function weighed(person: PersonName, address: string | null): PersonName {
  if (person.evidence === 'plain' || address === null) return person;
  const isOffice = isMailbox(address) || isOwnDomain(person, address);
  if (isOffice) return {...person, evidence: 'bare'};
  const agrees = person.evidence === 'likely' && person.words.length > 1 && isInAddress(person, address);
  return agrees ? {...person, evidence: 'plain'} : person;
}

function isMailbox(address: string): boolean {
  return mailbox.test(address.slice(0, 100).split('@')[0] ?? '');
}

function isOwnDomain({words}: PersonName, address: string): boolean {
  const domain = lettersOf(address.slice(0, 300).split('@')[1] ?? '');
  return words.every((word) => domain.includes(lettersOf(word)));
}

/** Whether an address is made of a name: anna.example@, aexample@. */
function isInAddress({words}: PersonName, address: string): boolean {
  const local = lettersOf(address.slice(0, 300).split('@')[0] ?? '');
  return words.some((word) => word.length > 2 && local.includes(lettersOf(word)));
}

function lettersOf(text: string): string {
  return plainWord(text).replaceAll(/[^\p{L}]/gu, '');
}
