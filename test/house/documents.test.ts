/** What the documents name is there: files, pages and commands. */
import {existsSync, globSync, readFileSync} from 'node:fs';
import path from 'node:path';
import test from 'ava';
import {commands} from '../../services/cli/registry.ts';

const project = path.join(import.meta.dirname, '../..');
const names = globSync(
  ['*.md', 'docs/*.md', 'services/**/*.md', 'config/*/*.md', 'helm/dip/*.md', 'helm/dip/templates/NOTES.txt'],
  {
    cwd: project,
  },
);
const documents = names.map((name): [string, string] => [
  name,
  readFileSync(path.join(project, name), 'utf8'),
]);
const known = new Set(commands.map(({name}) => name));

test('the documents are found', (t) => {
  t.true(names.length >= 7);
});

test('every link of a document leads to a file of this project, and to a heading of it', (t) => {
  for (const [name, text] of documents) t.deepEqual(brokenLinks(name, text), [], name);
});

test('every command of a document is one that `dip` has', (t) => {
  for (const [name, text] of documents) t.deepEqual(unknownCommands(text), [], name);
});

test('every folder and file of this project that a document gives to a program is there', (t) => {
  for (const [name, text] of documents) t.deepEqual(missingFiles(text), [], name);
});

test('what is not there would be found', (t) => {
  t.deepEqual(
    brokenLinks('README.md', '[a](docs/nothing.md) [b](#nowhere) [c](https://example.org) [d](LICENSE)'),
    ['docs/nothing.md', '#nowhere'],
  );
  t.deepEqual(unknownCommands('npx dip dco list\nnpx dip doc list'), ['dco list']);
  t.deepEqual(missingFiles('kubectl apply -f config/knativ -f triggers'), ['config/knativ']);
  t.deepEqual(missingFiles('npx dip doc submit examples/letter.pdf'), ['examples/letter.pdf']);
});

function brokenLinks(name: string, text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link = '']) => {
    if (/^[a-z]+:/.test(link)) return [];
    const [file = '', heading] = link.split('#');
    const target = file === '' ? name : path.join(path.dirname(name), file);
    if (!existsSync(path.join(project, target))) return [link];
    const isThere = heading === undefined || headingsOf(target).includes(heading);
    return isThere ? [] : [link];
  });
}

/** The headings of a document, as links name them. */
function headingsOf(name: string): string[] {
  const text = readFileSync(path.join(project, name), 'utf8');
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function unknownCommands(text: string): string[] {
  return [...text.matchAll(/\bnpx dip ([a-z]+)(?: ([a-z]+))?/g)].flatMap(([, noun = '', verb = '']) =>
    known.has(noun) || known.has(`${noun} ${verb}`) ? [] : [`${noun} ${verb}`.trim()],
  );
}

/** What follows an option for files or a program that takes a folder; not what only stands for something. */
function missingFiles(text: string): string[] {
  const given = text.matchAll(
    /(?:^|[\s`])(?:-f|--filename|helm (?:install|upgrade) \S+|ls) ((?:config|triggers|helm)[\w./-]*)/gm,
  );
  const examples = text.matchAll(/(?<![\w/.])(examples\/[\w./-]*\w)/g);
  return [...given, ...examples]
    .map(([, file = '']) => file)
    .filter((file) => !existsSync(path.join(project, file)));
}
