import type {Extraction} from '../../services/ingestion/extract/extract.ts';

type Read = Extract<Extraction, {outcome: 'ingested'}>;

/** What no reader may do. */
const wrongs: Readonly<Record<string, (mail: Read) => boolean>> = {
  'known as something else': ({contentType}) => contentType !== 'message/rfc822',
  'letters of a wrong encoding': ({text}) => /[ÃÂ][\u0080-\u00bf]|â€[\u0080-\u00bf]/.test(text),
};

/** What mails bring with them, and their readers see, too. */
const seen: Readonly<Record<string, (mail: Read) => boolean>> = {
  'with bytes that are no letters': ({text, title}) => /\ufffd/.test(`${text}${title}`),
  'without a text': ({text}) => text === '',
  'with tags in the text, quoted or in a plain text': ({text}) =>
    /<\/?(?:td|tr|table|font|div|br|p|html|body|span)\b[^>]*>/i.test(text),
  'with a header of a mail in the text, quoted': ({text}) =>
    /^Content-(?:Type|Transfer-Encoding):/im.test(text),
};

/** What was found in some mails. */
export class Findings {
  readonly #wrong = new Map<string, string[]>();
  readonly #seen = new Map<string, string[]>();

  /** Looks at a mail that was read. @param categoryOf what a text is about, or null */
  add(name: string, mail: Extraction, categoryOf: (text: string) => string | null): void {
    if (mail.outcome === 'rejected') put(this.#wrong, `rejected as ${mail.reason}`, name);
    else this.#addRead(name, mail, categoryOf);
  }

  #addRead(name: string, mail: Read, categoryOf: (text: string) => string | null): void {
    for (const [what, holds] of Object.entries(wrongs)) if (holds(mail)) put(this.#wrong, what, name);
    for (const [what, holds] of Object.entries(seen)) if (holds(mail)) put(this.#seen, what, name);
    const category = mail.machine === null ? categoryOf(`${mail.title ?? ''}\n\n${mail.text}`) : null;
    const about = category === null ? 'without a category' : `about ${category}`;
    put(this.#seen, mail.machine === null ? `of people, ${about}` : `closed: ${mail.machine}`, name);
  }

  /** A mail at which the reader broke. */
  failed(name: string, error: unknown): void {
    put(this.#wrong, `error: ${error instanceof Error ? error.message : error}`, name);
  }

  /** Whether the reader did what no reader may do. */
  get isWrong(): boolean {
    return this.#wrong.size > 0;
  }

  /** A line for each finding, what is wrong first. */
  table(isNaming: boolean): string {
    const lines = (found: ReadonlyMap<string, readonly string[]>, mark: string) =>
      [...found]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(
          ([what, names]) =>
            `${String(names.length).padStart(6)}  ${mark}${what}${isNaming ? `: ${names.join(' ')}` : ''}\n`,
        );
    return [...lines(this.#wrong, 'WRONG: '), ...lines(this.#seen, '')].join('');
  }
}

function put(found: Map<string, string[]>, what: string, name: string): void {
  found.set(what, [...(found.get(what) ?? []), name]);
}
