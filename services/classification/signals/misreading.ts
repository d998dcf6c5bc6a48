import {keyOf} from './words.ts';

/**
 * What a phrase is read as where its writer is likely to have thought otherwise, as a sentence; undefined where nothing
 * tells so. `no one|nobody` is `no` and then `one` or `nobody`: a blank ends what `|` divides. It shows where a single
 * word stands beside several, and with one of them makes what another of them says: in one word (`any more|anymore`),
 * contracted (`do not|dont`), in other words (`no one|nobody`); or where it is one of them (`take his|take her`).
 */
export function misreadingOf(source: string): string | undefined {
  const parts = source.trim().split(/\s+/);
  for (const [place, part] of parts.entries()) {
    if (!part.includes('|') || part.endsWith('?')) continue;
    const forms = part.split('|');
    const [before, after] = [parts[place - 1], parts[place + 1]];
    if (isSingle(before) && isMeantTogether(forms, (form) => [before, form]))
      return sentence(`${before} ${part}`, `\`${before}\` and then ${listed(forms)}`);
    if (isSingle(after) && isMeantTogether(forms, (form) => [form, after]))
      return sentence(`${part} ${after}`, `${listed(forms)}, and then \`${after}\``);
  }
  return undefined;
}

/** A word that always has to be there, in one form. */
function isSingle(part: string | undefined): part is string {
  return part !== undefined && !/[|?*]/.test(part) && part !== '...';
}

function isMeantTogether(forms: readonly string[], beside: (form: string) => [string, string]): boolean {
  const keys = forms.map(keyOf);
  return forms.some((form) => {
    const [one, other] = beside(form).map(keyOf);
    if (one === undefined || other === undefined) return false;
    return one === other || sayings(one, other).some((saying) => keys.includes(saying));
  });
}

/** How two words are said in one. */
function sayings(one: string, other: string): string[] {
  const negated = one === 'will' ? 'wont' : `${one.replace(/n$/, '')}nt`;
  return [one + other, ...(other === 'not' ? [negated] : []), ...(inOneWord[`${one} ${other}`] ?? [])];
}

const inOneWord: Readonly<Record<string, readonly string[]>> = {
  'no one': ['nobody', 'none'],
  'any one': ['anybody'],
  'some one': ['somebody'],
  'every one': ['everybody'],
  'no more': ['anymore'],
  'no longer': ['anymore'],
  'i am': ['im'],
  'i have': ['ive'],
  'i will': ['ill'],
};

function listed(forms: readonly string[]): string {
  return forms.map((form) => `\`${form}\``).join(' or ');
}

function sentence(written: string, reading: string): string {
  return `\`${written}\` is read as ${reading}, as a blank ends what \`|\` divides; where that is not meant, make it several phrases.`;
}
