const greeting =
  /^[ \t]{0,20}(?:dear|hi|hello|hey|to|attn|attention|good (?:morning|afternoon|evening|day)|sehr geehrter?|liebe[rs]?|hallo|guten tag|bonjour|ch[eè]re?|estimad[oa]s?|hola|querid[oa]|gentile|car[oa]|egregio|buongiorno|prezad[oa]|beste|geachte|szanown[yai]|drog[ia])[ .:,][ \t]{0,5}(?![^\n]{0,20}\b(?:name is|i am|i'm|this is)\b)([^\n]{1,80})/gim;

/** The words of the lines that greet, of the first ten: whoever is greeted has not written. */
export function greetedIn(text: string): string {
  return [...text.matchAll(greeting).take(10)].map(([, name = '']) => name).join('\n');
}
