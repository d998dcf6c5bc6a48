/** What no letter repeats, and what only looks like a field. */

/** In a text, what stands in the place of each of its characters: no field has it in it. */
const cover = '\u{fffc}';

const socialSecurity =
  /(?<!\d)(?<!\d[.-])\d{3}([- .\u2010-\u2013])\d{2}\1\d{4}(?![\d-])|(?<=\b(?:ssn|ss ?#|social(?: security)?(?: (?:number|num|no|nr))?|itin|tin|tax ?(?:payer)? ?id|national insurance|nino)\b[^\d\n]{0,25})(?:[a-z]{2} ?)?\d(?:[ -]?\d){3,10}(?: ?[a-d]\b)?/gi;

const day = '[\\p{L}\\d][\\p{L}\\d./, -]{4,25}';
const birth = new RegExp(
  `(?<=(?<!\\p{L})(?:dob|d\\.o\\.b\\.|(?:date of )?birth(?: ?(?:date|day))?|born|geboren|geburtsdatum|geb\\.|née?|naissance|nacid[oa]|nacimiento|nat[oa]|nascita|nascid[oa]|nascimento|geboortedatum|ur\\.|urodz\\p{L}{0,9})(?:[ :,-]|\\b(?:on|in|is|was|am|le|el|il|em|op|the|de|del)\\b){0,6})${day}`,
  'giu',
);

const law =
  /\b\d{1,3} ?U\.? ?S\.? ?C(?:ode|\.)?(?: ?A\.?)?(?: ?(?:§{1,2}|\$|sec(?:tion|\.)?s?))? ?[\d][\w.()-]{0,20}|\b\d{1,3} ?C\.? ?F\.? ?R\.?(?: ?(?:§{1,2}|part|sec(?:tion|\.)?s?))? ?\d[\w.()-]{0,20}|(?:§{1,2}|\b(?:sections?|sec\.|subsection|articles?|art\.|title|chapter|paragraph|para\.|regulation|reg\.|rule|public law|pub\. ?l\.|law|act|statute|code|form|metro ?2)) ?(?:no\.? ?)?(?:of ?)?\d[\w.()/-]{0,20}|\b\d{1,4} (?:F\. ?(?:2d|3d|supp)|U\.S\.|S\. ?Ct\.) \d{1,5}|\bvs?\.? [^()\n]{1,80}\([^()\n]{0,40}\d{4} ?\)/gi;

/** A text of which what is to be withheld is covered, each offset as before. */
export interface Covered {
  readonly text: string;
  /** The figures of social security numbers: they are withheld wherever they stand. */
  readonly secrets: ReadonlySet<string>;
}

/** Covers social security numbers, days of birth, and sections of the law, which are no numbers of a case. */
export function coverWithheld(text: string): Covered {
  const secrets = new Set<string>();
  const withoutNumbers = text.replaceAll(socialSecurity, (written) => {
    const figures = written.replaceAll(/\D/g, '');
    if (figures.length >= 7) secrets.add(figures);
    return cover.repeat(written.length);
  });
  const covered = [birth, law].reduce(
    (rest, pattern) => rest.replaceAll(pattern, (written) => cover.repeat(written.length)),
    withoutNumbers,
  );
  return {text: covered, secrets};
}
