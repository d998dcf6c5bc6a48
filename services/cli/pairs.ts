import {misused} from './failure.ts';

/**
 * The `name=value` pairs of a repeated option, in order; a later one of the same name wins.
 *
 * @throws Failure (usage) a text without `=`, or without a name before it
 */
export function pairs(option: string, texts: readonly string[] = []): Map<string, string> {
  return new Map(
    texts.map((text) => {
      const end = text.indexOf('=');
      if (end < 1) throw misused(`\`${option}\` wants name=value, got \`${text}\`.`);
      return [text.slice(0, end), text.slice(end + 1)];
    }),
  );
}
