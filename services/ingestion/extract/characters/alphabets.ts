/**
 * The letters beside those of ASCII that languages of Latin script write their words with, by ISO 639-1. Only these
 * languages share single-byte encodings in which one byte is another letter for each.
 */
const alphabets: Readonly<Record<string, string>> = {
  ca: 'àçèéíïòóúü·',
  cs: 'áčďéěíňóřšťúůýž',
  da: 'æøåéäöü',
  de: 'äöüßéèàç',
  es: 'áéíñóúüçª',
  et: 'äõöüšž',
  fi: 'äöåšž',
  fr: 'àâæçéèêëîïôœùûüÿ',
  hr: 'čćđšž',
  hu: 'áéíóöőúüű',
  it: 'àèéìíîòóùú',
  lt: 'ąčęėįšųūž',
  lv: 'āčēģīķļņšūž',
  nl: 'áàäéèëíïóöúüĳç',
  no: 'æøåéèêòóô',
  pl: 'ąćęłńóśźż',
  pt: 'áâãàçéêíóôõúüº',
  ro: 'ăâîșțşţ',
  sk: 'áäčďéíĺľňóôŕšťúýž',
  sl: 'čšžćđ',
  sv: 'åäöéà',
  tr: 'çğıöşüâîûi̇',
  vi: 'ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ',
};

/** How many of a text's letters that are not ASCII the language does not write its words with, from 0 to 1. */
export function foreignness(text: string, language: string): number {
  const alphabet = alphabets[language];
  const letters = text.toLowerCase().match(/(?=\p{L})\P{ASCII}/gu) ?? [];
  if (alphabet === undefined || letters.length === 0) return 0;
  return letters.filter((letter) => !alphabet.includes(letter)).length / letters.length;
}
