import path from 'node:path';

/**
 * Notes as a person reads them at the start: what is said of several objects in the same words is said once, with
 * the files it is true of. File names are given from `root` on.
 */
export function foldNotes(notes: readonly string[], root: string): string[] {
  const files = new Map<string, string[]>();
  for (const note of notes) {
    const [, file, words] = /^(\S+\.ya?ml): (?:[A-Z]\w+ \S+: )?(.*)$/s.exec(note) ?? [];
    const known = files.get(words ?? note) ?? [];
    if (file !== undefined) known.push(path.relative(root, file));
    files.set(words ?? note, known);
  }
  return [...files].map(([words, [first, ...others]]) => {
    if (first === undefined) return words;
    return `${first}${others.length === 0 ? '' : ` and ${others.length} more`}: ${words}`;
  });
}
