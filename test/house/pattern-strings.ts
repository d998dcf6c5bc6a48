/**
 * What a pattern of a fact can match. The pattern is taken apart into what matches one character, groups, and how
 * often each comes; of what takes one character every character is tried. So this is no guess by samples.
 */
export function* patternFaults(
  pattern: string,
  maxLength: number | undefined,
  longest: number,
  where: string,
): Generator<string> {
  if (!/^\^.*\$$/s.test(pattern)) {
    yield `${where} has a pattern that is not anchored: ${pattern}`;
    return;
  }
  const reader = {text: pattern.slice(1, -1), at: 0};
  try {
    const length = alternatives(reader);
    if (reader.at < reader.text.length) throw new SyntaxError(`what stands at ${reader.at + 1}`);
    if (Math.min(length, maxLength ?? length) > longest)
      yield `${where} may have more than ${longest} characters: ${pattern}`;
  } catch (error) {
    yield `${where} has a pattern ${pattern} with ${String(error)}`;
  }
}

interface Reader {
  readonly text: string;
  at: number;
}

/** Reads `a|b`, and returns the most characters that it matches. @throws SyntaxError for what takes a sentence. */
function alternatives(reader: Reader): number {
  let most = sequence(reader);
  while (reader.text[reader.at] === '|') {
    reader.at += 1;
    most = Math.max(most, sequence(reader));
  }
  return most;
}

function sequence(reader: Reader): number {
  let length = 0;
  while (reader.at < reader.text.length && !'|)'.includes(reader.text.charAt(reader.at))) {
    const atom = one(reader);
    length += atom * times(reader);
  }
  return length;
}

/** One group or one character. */
function one(reader: Reader): number {
  if (reader.text[reader.at] === '(') {
    const opening = /^\((\?:)?(?!\?)/.exec(reader.text.slice(reader.at));
    if (opening === null) throw new SyntaxError('a look-around');
    reader.at += opening[0].length;
    const length = alternatives(reader);
    reader.at += 1;
    return length;
  }
  const [atom] = /^(?:\[(?:[^\]\\]|\\.)*\]|\\.|[^\\[])/s.exec(reader.text.slice(reader.at)) ?? [''];
  if (atom === '' || atom === '^' || atom === '$') throw new SyntaxError('a part that is not understood');
  reader.at += atom.length;
  const matches = new RegExp(`^${atom}$`, 's');
  for (let code = 0; code <= 0xffff; code += 1) {
    const isPlain = code > 0x20 && code < 0x7f;
    if (!isPlain && matches.test(String.fromCharCode(code)))
      throw new SyntaxError(`${atom}, which takes ${JSON.stringify(String.fromCharCode(code))}`);
  }
  return 1;
}

/** How often the last part may come. */
function times(reader: Reader): number {
  const [quantifier, most] = /^(?:[*+?]|\{\d+(?:,(\d*))?\})\??/.exec(reader.text.slice(reader.at)) ?? [''];
  reader.at += quantifier.length;
  if (quantifier === '' || quantifier.startsWith('?')) return 1;
  if (quantifier.startsWith('{') && most === undefined) return Number(/\d+/.exec(quantifier)?.[0]);
  return quantifier.startsWith('{') && most !== '' ? Number(most) : Number.POSITIVE_INFINITY;
}
