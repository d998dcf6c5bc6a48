/**
 * The words of a command line: separated by spaces, `'…'` to the letter, `"…"` and `\` as in a shell. Nothing is
 * expanded. Undefined where a quote is not closed.
 */
export function commandWords(line: string): string[] | undefined {
  const words: string[] = [];
  const whole = /^\s*(?:(?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+(?:\s+|$))*$/s;
  if (!whole.test(line)) return undefined;
  for (const [word] of line.matchAll(/(?:[^\s'"\\]|\\.|'[^']*'|"(?:[^"\\]|\\.)*")+/gs))
    words.push(unquoted(word));
  return words;
}

function unquoted(word: string): string {
  return word.replace(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/gs, (_, single, double, escaped) => {
    if (single !== undefined) return single;
    return double === undefined ? escaped : double.replace(/\\(["\\$`])/g, '$1');
  });
}
