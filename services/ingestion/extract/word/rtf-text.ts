/**
 * The text of a document in Rich Text Format (RTF 1.9.1): enough for what is put into a Word document. Its lists,
 * pictures and fields' codes are left out, and so is what is hidden.
 */
export function rtfText(bytes: Uint8Array): string {
  const page = new Page();
  for (const [whole, word, number, hex, symbol] of new TextDecoder('latin1').decode(bytes).matchAll(token)) {
    if (hex !== undefined) page.byte(Number.parseInt(hex, 16));
    else if (word ?? symbol) page.word(word ?? symbol ?? '', Number(number ?? 1));
    else if (whole === '{') page.begin();
    else if (whole === '}') page.end();
    else page.text(whole);
  }
  return page.toString();
}

const token = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([\da-f]{2})|\\([^a-z])|[{}]|[^\\{}\r\n]+/gi;

/** Groups that hold no text. */
const silent = new Set(
  (
    'fonttbl colortbl stylesheet info pict object fldinst header headerl headerr headerf footer footerl footerr ' +
    'footerf listtable listoverridetable revtbl rsidtbl generator themedata xmlnstbl filetbl nonshppict'
  ).split(' '),
);
const marks: ReadonlyMap<string, string> = new Map([
  ...['par', 'line', 'sect', 'page', 'row', 'nestrow', '\n', '\r'].map((word) => [word, '\n'] as const),
  ...['tab', 'cell', 'nestcell'].map((word) => [word, '\t'] as const),
  ...['\\', '{', '}'].map((symbol) => [symbol, symbol] as const),
  ...Object.entries({
    '~': ' ',
    _: '-',
    emdash: '—',
    endash: '–',
    bullet: '•',
    lquote: '‘',
    rquote: '’',
    ldblquote: '“',
    rdblquote: '”',
  }),
]);
const encodings: ReadonlyMap<number, string> = new Map([
  [932, 'shift_jis'],
  [936, 'gbk'],
  [949, 'euc-kr'],
  [950, 'big5'],
]);

/** Text in the making. */
class Page {
  readonly #pieces: string[] = [];
  /** What holds in each group that is open; `repeats` are characters after one in Unicode, for older programs. */
  readonly #groups: {isSilent: boolean; isHidden: boolean; repeats: number}[] = [];
  #group = {isSilent: false, isHidden: false, repeats: 1};
  /** Bytes that wait for the rest of their character. */
  #bytes: number[] = [];
  #decoder = new TextDecoder('windows-1252');
  /** How many characters are still to come that repeat one in Unicode. */
  #repeated = 0;

  begin(): void {
    this.#flush();
    this.#groups.push(this.#group);
    this.#group = {...this.#group};
  }

  end(): void {
    this.#flush();
    this.#group = this.#groups.pop() ?? this.#group;
    this.#repeated = 0;
  }

  word(word: string, number: number): void {
    this.#flush();
    if (word === '*' || silent.has(word)) this.#group.isSilent = true;
    else if (word === 'v') this.#group.isHidden = number !== 0;
    else if (word === 'plain') this.#group.isHidden = false;
    else if (word === 'uc') this.#group.repeats = number;
    else if (word === 'ansicpg') this.#decoder = decoderOf(number);
    else if (word === 'u') {
      this.#add(String.fromCharCode(number & 0xffff));
      this.#repeated = this.#group.repeats;
    } else this.#add(marks.get(word) ?? '');
  }

  byte(byte: number): void {
    if (this.#repeated > 0) this.#repeated--;
    else this.#bytes.push(byte);
  }

  text(text: string): void {
    this.#flush();
    this.#add(text.slice(this.#repeated));
    this.#repeated = Math.max(this.#repeated - text.length, 0);
  }

  toString(): string {
    this.#flush();
    return this.#pieces.join('');
  }

  #flush(): void {
    if (this.#bytes.length > 0) this.#add(this.#decoder.decode(Uint8Array.from(this.#bytes)));
    this.#bytes = [];
  }

  #add(text: string): void {
    if (text !== '' && !this.#group.isSilent && !this.#group.isHidden) this.#pieces.push(text);
  }
}

function decoderOf(codePage: number): TextDecoder {
  try {
    return new TextDecoder(encodings.get(codePage) ?? `windows-${codePage}`);
  } catch {
    return new TextDecoder('windows-1252');
  }
}
