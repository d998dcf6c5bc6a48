import {limits} from '../limits.ts';
import {Unreadable} from '../unreadable.ts';
import {isOnlyInHtml} from './alternative.ts';
import {openMessage} from './cms.ts';
import {type Budget, type Entity, entityOf, mailOf} from './entity.ts';
import {firstOf} from './head.ts';
import {introduction} from './introduction.ts';
import type {Parameter} from './parameters.ts';
import {type Place, roleOf} from './role.ts';
import {readTextPart} from './text-part.ts';
import {isTnef, readTnef, type Tnef} from './tnef.ts';
import {packedText} from './tnef-text.ts';
import {unpackedBytes} from './transfer.ts';

/** A document that came in a mail. */
export interface Enclosed {
  readonly name: Parameter | null;
  /** Media type, as declared. */
  readonly type: string;
  readonly bytes: Buffer;
}

/** What a mail says, and what came with it. */
export interface Letter {
  readonly text: string;
  readonly enclosed: readonly Enclosed[];
}

/**
 * Reads a mail's texts one after the other, each by its own type, and then those of further mails in the same file.
 *
 * @throws Unreadable encrypted or too-large
 */
export async function letterOf(
  [first, ...others]: readonly [Entity, ...Entity[]],
  budget: Budget,
): Promise<Letter> {
  const reader = new LetterReader(budget);
  const passages = await reader.read(first, {within: '', index: 0, mails: 0});
  for (const mail of others) passages.push(...(await reader.readIntroduced(mail, 1)));
  return reader.letter(passages);
}

/** One body of a mail. */
interface Passage {
  readonly text: string;
  readonly isPlain: boolean;
}

/** A part that is a document, unless more of the mail tells otherwise. */
interface Candidate {
  readonly entity: Entity;
  readonly place: Place;
  readonly enclosed: Enclosed;
}

/** A mail in the reading: what has been read of it so far decides what the rest of it is. */
class LetterReader {
  readonly #budget: Budget;
  readonly #candidates: Candidate[] = [];
  readonly #calendars: Candidate[] = [];
  readonly #packed: Tnef[] = [];
  readonly #shown = new Set<string>();
  #isReadable = false;
  /** Signed or compressed messages that were opened, one in another. */
  #opened = 0;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  async read(entity: Entity, place: Place): Promise<Passage[]> {
    if (entity.type === 'multipart/encrypted') return this.#cannotRead(entity, place);
    if (!entity.type.startsWith('multipart/')) return this.#readLeaf(entity, place);
    const read: Passage[][] = [];
    for (const [index, part] of entity.parts.entries())
      read.push(await this.read(part, {...place, within: entity.type, index}));
    return entity.type === 'multipart/alternative' ? bestOf(read) : read.flat();
  }

  async letter(written: readonly Passage[]): Promise<Letter> {
    const passages = textOf(written) === '' ? await this.#passagesPacked() : written;
    const candidates = this.#candidates.filter((candidate) => !this.#isDecoration(candidate));
    // An invitation is a form of the letter beside it, and what is left where there is none.
    if (textOf(passages) === '' && candidates.length === 0) candidates.push(...this.#calendars);
    const letter = textOf(passages) === '' ? candidates.findIndex(isLikelyLetter) : -1;
    const [promoted] = letter === -1 ? [] : candidates.splice(letter, 1);
    return {
      text: promoted ? (await readTextPart(promoted.entity)).text : textOf(passages),
      enclosed: candidates.map(({enclosed}) => enclosed),
    };
  }

  async #readLeaf(entity: Entity, place: Place): Promise<Passage[]> {
    switch (roleOf(entity, place)) {
      case 'text':
        return this.#readText(entity, place);
      case 'mail':
        return place.mails < limits.mailsWithin
          ? this.#readMail(entity, place)
          : this.#enclose(entity, place);
      case 'sealed':
        return this.#open(entity, place);
      case 'encrypted':
        return this.#cannotRead(entity, place);
      case 'outlook':
        return this.#readOutlook(entity, place);
      case 'calendar':
        this.#calendars.push(candidateOf(entity, place));
        return [];
      case 'machine':
        return [];
      case 'document':
        return this.#enclose(entity, place);
    }
  }

  async #readText(entity: Entity, place: Place): Promise<Passage[]> {
    const {text, isPlain, isEncrypted, shown, files} = await readTextPart(entity);
    if (isEncrypted) return this.#cannotRead(entity, place);
    this.#isReadable ||= /[\p{L}\p{N}]/u.test(text);
    for (const id of shown) this.#shown.add(id);
    for (const {name, bytes} of files)
      this.#add(entity, place, {name: plainName(name), type: unknownType, bytes});
    return [{text, isPlain}];
  }

  async #readMail(entity: Entity, place: Place): Promise<Passage[]> {
    const mail = mailOf(unpackedBytes(entity.body, entity.encoding), this.#budget);
    return this.readIntroduced(mail, place.mails + 1);
  }

  /** A mail with who wrote it. */
  async readIntroduced(mail: Entity, mails: number): Promise<Passage[]> {
    const passages = await this.read(mail, {within: '', index: 0, mails});
    return [{text: await introduction(mail), isPlain: passages.every(({isPlain}) => isPlain)}, ...passages];
  }

  /** What is only signed or compressed is read; nobody else's key is needed. */
  async #open(entity: Entity, place: Place): Promise<Passage[]> {
    const message = openMessage(unpackedBytes(entity.body, entity.encoding), this.#budget.inflated);
    const kind = entity.typeField.parameters.get('smime-type')?.toLowerCase() ?? '';
    if (message.kind === 'encrypted' || kind.includes('enveloped')) return this.#cannotRead(entity, place);
    if (message.kind === 'other') return kind === 'certs-only' ? [] : this.#enclose(entity, place);
    const file = entity.name && /\.\w+\.p7[mz]$/i.test(entity.name.octets) ? entity.name : null;
    if (file) {
      const name = {...file, octets: file.octets.slice(0, -'.p7m'.length)};
      return this.#add(entity, place, {name, type: unknownType, bytes: message.content});
    }
    const depth = place.mails + ++this.#opened;
    return this.read(entityOf(message.content, {budget: this.#budget, depth, usual: 'text/plain'}), place);
  }

  /** What Outlook has packed. The letter in it mostly stands beside it, too. */
  #readOutlook(entity: Entity, place: Place): Passage[] {
    const bytes = unpackedBytes(entity.body, entity.encoding);
    if (!isTnef(bytes)) return this.#enclose(entity, place);
    const packed = readTnef(bytes);
    this.#packed.push(packed);
    for (const {name, bytes} of packed.files)
      this.#add(entity, place, {name: utf8Name(name), type: unknownType, bytes});
    return [];
  }

  /** @throws Unreadable encrypted, when there is nothing else that could be read before it. */
  #cannotRead(entity: Entity, place: Place): Passage[] {
    if (!this.#isReadable) throw new Unreadable('encrypted');
    return this.#enclose(entity.parts.at(-1) ?? entity, place);
  }

  #enclose(entity: Entity, place: Place): Passage[] {
    const candidate = candidateOf(entity, place);
    if (candidate.enclosed.bytes.length > 0 || entity.name !== null) this.#candidates.push(candidate);
    return [];
  }

  #add(entity: Entity, place: Place, enclosed: Enclosed): Passage[] {
    this.#candidates.push({entity, place, enclosed});
    return [];
  }

  async #passagesPacked(): Promise<Passage[]> {
    const texts = await Promise.all(this.#packed.map((packed) => packedText(packed, this.#budget.inflated)));
    return texts.map((text) => ({text, isPlain: true}));
  }

  /** Whether it is a picture that the letter shows, such as a logo in a signature, or a part of a page. */
  #isDecoration({entity, place, enclosed}: Candidate): boolean {
    const {head, disposition, name} = entity;
    const isPicture =
      enclosed.type.startsWith('image/') ||
      (enclosed.type === unknownType && /\.(?:png|jpe?g|gif|bmp|webp|svg)$/i.test(name?.octets ?? ''));
    const id = (firstOf(head, 'content-id') ?? '').replaceAll(/[<>\s]/g, '');
    if (isPicture && id !== '' && this.#shown.has(id)) return true;
    const isOfPage = place.within === 'multipart/related' && firstOf(head, 'content-location') !== null;
    return (
      isOfPage &&
      disposition !== 'attachment' &&
      (isPicture || /^(?:text\/|font\/|application\/font)/.test(enclosed.type))
    );
  }
}

const unknownType = 'application/octet-stream';

function candidateOf(entity: Entity, place: Place): Candidate {
  const {name, type, body, encoding} = entity;
  return {entity, place, enclosed: {name, type, bytes: unpackedBytes(body, encoding)}};
}

/** A text that has a name, in a mail with no other. */
function isLikelyLetter({entity: {disposition}, enclosed: {type}}: Candidate): boolean {
  return (type === 'text/plain' || type === 'text/html') && disposition !== 'attachment';
}

/** Of the forms of one letter that which is read: plain text, unless the letter is in another. */
function bestOf(forms: readonly Passage[][]): Passage[] {
  const written = forms.filter((form) => textOf(form) !== '');
  const plain = written.find((form) => form.every(({isPlain}) => isPlain));
  const rich = written.findLast((form) => form !== plain && form.some(({isPlain}) => !isPlain));
  if (!plain || !rich) return plain ?? rich ?? [];
  return isOnlyInHtml(textOf(plain), textOf(rich)) ? rich : plain;
}

function textOf(passages: readonly Passage[]): string {
  return passages
    .map(({text}) => text.trim())
    .filter((text) => text !== '')
    .join('\n\n');
}

function utf8Name(name: string): Parameter {
  return {octets: Buffer.from(name).toString('latin1'), charset: 'utf-8', isExtended: true};
}

function plainName(octets: string): Parameter {
  return {octets, charset: null, isExtended: false};
}
