import {type Content, signedWordsOf} from '#events';
import {declaredPerson} from './sender/declared.ts';
import {findFormName} from './sender/form-name.ts';
import {greetedIn} from './sender/greeted.ts';
import {findIntroduction} from './sender/introduction.ts';
import {areOneName} from './sender/nicknames.ts';
import {type PersonName, plainWord} from './sender/person-name.ts';
import {findSignature} from './sender/signature.ts';

/** The name of whoever wrote, and where it stands in the text; null where it comes from a mail's header. */
export interface Sender {
  readonly name: string;
  readonly from: number | null;
  readonly to: number | null;
}

/** A person that one place names. */
interface Candidate {
  readonly person: PersonName;
  readonly from: number | null;
  readonly to: number | null;
  /** Enough to greet by, where no other place names somebody else. */
  readonly isProof: boolean;
}

/**
 * Who wrote a document: as the mail, the form and the signature in its own words say. One that is plain is enough, and
 * so are two that agree. Undefined when there is neither, or when two are plain and differ: a wrong name is worse than
 * none.
 */
export function findSender({
  sender,
  ...words
}: Pick<Content, 'sender' | 'text' | 'signed'>): Sender | undefined {
  const candidates = withoutDoubt([...declaredIn(sender), ...writtenIn(signedWordsOf(words).trimEnd())]);
  const believed = candidates.filter(
    (one) => one.isProof || candidates.some((other) => other !== one && agree(one.person, other.person)),
  );
  const proofs = believed.filter(({isProof}) => isProof);
  if (proofs.some((one) => proofs.some((other) => !agree(one.person, other.person)))) return undefined;
  const [first, ...others] =
    proofs.length > 0 ? [...proofs, ...believed.filter((one) => isFuller(one, proofs))] : believed;
  if (first === undefined) return undefined;
  const {person, from, to} = others.reduce((best, one) => (isMore(one, best) ? one : best), first);
  return {name: person.name, from, to};
}

/** What a company could be called too says nothing against a plain name. */
function withoutDoubt(candidates: readonly Candidate[]): Candidate[] {
  const plain = candidates.filter(({person, isProof}) => isProof && person.evidence === 'plain');
  return candidates.filter(
    (one) => one.person.evidence === 'plain' || plain.every((other) => agree(one.person, other.person)),
  );
}

function declaredIn(sender: Content['sender']): Candidate[] {
  const person = sender === null ? undefined : declaredPerson(sender);
  return person === undefined ? [] : [{person, from: null, to: null, isProof: person.evidence !== 'bare'}];
}

/** @param own What they wrote themselves, with how they signed. */
function writtenIn(own: string): Candidate[] {
  const form = findFormName(own);
  const signature = findSignature(own);
  const introduction = findIntroduction(own);
  const greeted = plainWord(greetedIn(own));
  const found: (Candidate | undefined)[] = [
    form && {...form, isProof: form.person.evidence !== 'bare' || form.person.words.length > 1},
    signature && {
      ...signature,
      isProof: signature.isClosed
        ? signature.person.evidence !== 'bare'
        : signature.person.evidence === 'plain',
    },
    introduction && {...introduction, isProof: introduction.person.evidence !== 'bare'},
  ];
  return found
    .filter((one) => one !== undefined)
    .filter(({person}) => !person.words.every((word) => greeted.includes(word)));
}

/** Whether two names can be one person's: all words of the shorter are words of the other. */
function agree(one: PersonName, other: PersonName): boolean {
  const [less, more] = one.words.length <= other.words.length ? [one, other] : [other, one];
  return less.words.every((word) => more.words.some((other) => areOneName(word, other)));
}

function isFuller(one: Candidate, proofs: readonly Candidate[]): boolean {
  return !one.isProof && proofs.every(({person}) => agree(one.person, person));
}

/** A name of more words is greeted by rather than its part. */
function isMore({person}: Candidate, best: Candidate): boolean {
  return person.words.length > best.person.words.length;
}
