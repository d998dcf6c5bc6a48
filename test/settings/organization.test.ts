import test from 'ava';
import {checkOrganization, readOrganization} from '../../services/settings/organization.ts';

test('an address is ours in any case, and so are all of a domain of ours', (t) => {
  const {isOurs} = readOrganization({
    name: 'organization.yaml',
    text: "addresses: [Help@bank.example, '@mail.bank.example']",
  });

  for (const address of ['help@bank.example', 'HELP@Bank.Example', 'anybody@mail.bank.example'])
    t.true(isOurs(address), address);
  for (const address of ['ann@bank.example', 'ann@example.com', 'mail.bank.example', ''])
    t.false(isOurs(address), address);
});

test('what is wrong is said with file and line', (t) => {
  const faultsOf = (text: string) => checkOrganization(text, 'organization.yaml').faults;

  t.deepEqual(faultsOf('addresses:\n  - help\n  - help@bank.example\n  - 7\n'), [
    'organization.yaml:2: Expected an address such as help@example.com, or @example.com for all of a domain, got "help".',
    'organization.yaml:4: Expected an address such as help@example.com, or @example.com for all of a domain, got 7.',
  ]);
  t.deepEqual(faultsOf('attachments: parts\nadresses: [help@bank.example]'), [
    'organization.yaml:2: Expected only name, addresses and attachments, got `adresses`.',
  ]);
  t.deepEqual(faultsOf('addresses: help@bank.example'), [
    'organization.yaml:1: Expected addresses to be a list, got "help@bank.example".',
  ]);
  t.deepEqual(faultsOf('attachments: letters'), [
    'organization.yaml:1: Expected attachments to be parts or documents, got "letters".',
  ]);
  t.deepEqual(faultsOf('- help@bank.example'), [
    'organization.yaml:1: Expected name, addresses and attachments, got ["help@bank.example"].',
  ]);
  t.deepEqual(faultsOf('# nothing yet\n'), []);
  t.regex(faultsOf('addresses: [').join(), /^organization\.yaml:\d+: /);
});

test('a name is for letters in all languages, or for those of the languages that it is said in', (t) => {
  const nameIn = (text: string, language: string) =>
    readOrganization({name: 'organization.yaml', text}).nameIn(language);
  const byLanguage = 'name: {en: The customer service team, de: Ihr Kundendienst}';

  t.is(nameIn('name: Northwind Bank', 'en'), 'Northwind Bank');
  t.is(nameIn('name: Northwind Bank', 'es'), 'Northwind Bank');
  t.is(nameIn(byLanguage, 'de'), 'Ihr Kundendienst');
  t.is(nameIn(byLanguage, 'es'), null);
  t.is(nameIn("addresses: ['@bank.example']", 'en'), null);
});

test('a name is one line that can be seen', (t) => {
  const faultsOf = (text: string) => checkOrganization(text, 'organization.yaml').faults;
  const expected = 'a text of 1 to 100 characters in one line';

  for (const name of ['7', '""', '" "', '"a\\nb"', '[Northwind]', '{}', `"${'x'.repeat(101)}"`])
    t.regex(
      faultsOf(`name: ${name}`).join(),
      new RegExp(`^organization\\.yaml:1: Expected name to be ${expected}, or one by language, got `),
      name,
    );
  t.deepEqual(faultsOf('name:\n  en: Northwind Bank\n  German: Nordwind\n  de: 7\n'), [
    'organization.yaml:3: Expected a language of two letters, such as en, got `German`.',
    `organization.yaml:4: Expected name in \`de\` to be ${expected}, got 7.`,
  ]);
});
