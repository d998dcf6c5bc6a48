/** Who writes in another language than English is answered in it, or told that we do not. */
import {fileURLToPath} from 'node:url';
import test from 'ava';
import {Answer, responseGenerated} from '#events';
import {faultsOf} from '#kit';
import {draft} from '../../services/response/draft.ts';
import {readTemplates} from '../../services/response/templates.ts';

const templates = readTemplates(
  fileURLToPath(new URL('../../services/response/templates/', import.meta.url)),
);
const inLanguage = (language: string | null, template: string, text = 'X') =>
  draft(templates, {
    template,
    category: template,
    content: {filename: null, title: null, sender: null, text},
    language,
  });

test('a letter that there is in the language of the document is chosen, and a person looks at it', (t) => {
  for (const [language, greeting, asked] of [
    ['de', 'Sehr geehrte Damen und Herren,\n\nvielen Dank', '- die Konto-, Darlehens- oder Vorgangsnummer'],
    ['es', 'A quien corresponda:\n\nGracias', '- el número de cuenta'],
    ['fr', 'Madame, Monsieur,\n\nMerci', '- le numéro de compte'],
  ] as const) {
    const {answer, generator, needsReview} = inLanguage(language, 'general');

    t.true(answer.body.startsWith(greeting), answer.body);
    t.true(answer.body.includes(asked));
    t.notRegex(answer.body, /English|Dear|missing/);
    t.is(generator.template, `general.${language}`);
    t.true(needsReview);
    t.deepEqual(responseGenerated.faults({...responseGenerated.example, generator}), []);
    t.deepEqual(faultsOf(Answer)(answer), []);
  }
});

test('a letter is signed with the name that there is in its own language', (t) => {
  const signedIn = (language: string) => (language === 'de' ? 'Ihr Kundendienst' : null);
  const signed = (language: string, template: string) =>
    draft(templates, {
      template,
      category: template,
      content: {filename: null, title: null, sender: null, text: 'X'},
      language,
      signedIn,
    })
      .answer.body.split('\n')
      .at(-1);

  t.is(signed('de', 'general'), 'Ihr Kundendienst');
  t.is(signed('fr', 'general'), 'Service clients');
  t.is(signed('de', 'mortgage'), 'Mortgage Team', 'a letter in English, as there is none in German');
});

test('a letter in another language says in it what the document says', (t) => {
  const {answer} = inLanguage(
    'de',
    'general',
    'Meine Kontonummer ist 0012345678. Am 3. März 2025 haben Sie 1.200,50 € abgebucht.\n\nMit freundlichen Grüßen\nHeike Baumgartner',
  );

  t.is(answer.subject, 'Wir haben Ihre Nachricht erhalten (Kontonummer mit den letzten Stellen 5678)');
  t.true(answer.body.startsWith('Guten Tag Heike Baumgartner,\n'));
  t.true(
    answer.body.includes(
      '- Kontonummer mit den letzten Stellen 5678\n- Beträge: 1.200,50 €\n- Daten: 3. März 2025\n',
    ),
  );
});

test('a letter in English begins with a word about that to whoever wrote in another language', (t) => {
  for (const [language, word] of [
    ['es', 'inglés'],
    ['de', 'Englisch'],
    ['fr', 'anglais'],
    ['it', 'inglese'],
    ['pt', 'inglês'],
    ['nl', 'Engels'],
    ['pl', 'angielsku'],
    ['sv', 'engelska'],
    ['ru', 'английском'],
    ['zh', '英语'],
    ['fi', 'We answer in English'],
  ] as const) {
    const {answer, generator, needsReview} = inLanguage(language, 'mortgage');
    const [first = '', second = ''] = answer.body.split('\n\n');

    t.true(first.includes(word), first);
    t.is(second, 'Dear Sir or Madam,');
    t.is(generator.template, 'mortgage');
    t.true(needsReview);
  }
});

test('a document in English, or too short to tell, gets no word about languages', (t) => {
  for (const language of ['en', null])
    t.true(inLanguage(language, 'mortgage').answer.body.startsWith('Dear Sir or Madam,'));
});
