/**
 * What stands above a letter in English to somebody who wrote in another language, by ISO 639-1: that it is in English,
 * and that they may ask for another.
 */
const prefaces: Readonly<Record<string, string>> = {
  ar: 'نجيب على رسالتكم باللغة الإنجليزية. إذا كنتم تفضلون لغة أخرى، فيرجى إخبارنا بذلك.',
  cs: 'Na Vaši zprávu odpovídáme anglicky. Pokud dáváte přednost jinému jazyku, dejte nám prosím vědět.',
  da: 'Vi svarer på engelsk. Hvis du foretrækker et andet sprog, så sig endelig til.',
  de: 'Wir antworten Ihnen auf Englisch. Wenn Sie eine Antwort in einer anderen Sprache wünschen, schreiben Sie uns das bitte.',
  es: 'Le respondemos en inglés. Si prefiere una respuesta en otro idioma, le rogamos que nos lo diga.',
  fr: 'Nous vous répondons en anglais. Si vous préférez une réponse dans une autre langue, merci de nous le dire.',
  it: 'Le rispondiamo in inglese. Se preferisce una risposta in un’altra lingua, la preghiamo di dircelo.',
  ja: '英語でお返事いたします。他の言語をご希望の場合は、お知らせください。',
  nl: 'Wij antwoorden u in het Engels. Als u liever een antwoord in een andere taal hebt, laat het ons dan weten.',
  pl: 'Odpowiadamy po angielsku. Jeśli wolą Państwo odpowiedź w innym języku, prosimy o wiadomość.',
  pt: 'Respondemos em inglês. Se preferir uma resposta noutra língua, diga-nos, por favor.',
  ru: 'Мы отвечаем на английском языке. Если вы предпочитаете другой язык, пожалуйста, сообщите нам об этом.',
  sv: 'Vi svarar på engelska. Om du hellre vill ha svar på ett annat språk får du gärna säga till.',
  tr: 'Size İngilizce yanıt veriyoruz. Başka bir dili tercih ederseniz lütfen bize bildirin.',
  uk: 'Ми відповідаємо англійською мовою. Якщо ви бажаєте іншу мову, будь ласка, повідомте нас.',
  zh: '我们用英语回复您。如果您希望我们使用其他语言，请告诉我们。',
};
const inEnglish =
  'We answer in English. If you would rather have an answer in the language of your message, please tell us.';

/** The words in a language, or in English where nobody has put them into it. */
export function prefaceIn(language: string): string {
  return prefaces[language] ?? inEnglish;
}
