/** What is wrong with a file in YAML is said with the line it stands in. */
import test from 'ava';
import {type Path, YamlFile} from '#settings';

const text = `one:
  - first
  -
    name: second
    when: true
7: seven
`;

test('a fault has the line of its value, of its key, or of what is around it', (t) => {
  const lineOf = (path?: Path) => {
    const file = new YamlFile(text, 'file.yaml');
    file.say('Expected another.', path);
    return file.faults.join();
  };

  const said: [number, Path | undefined][] = [
    [1, undefined],
    [1, ['one']],
    [2, ['one', 0]],
    [4, ['one', 1, 'name']],
    [5, ['one', 1, 'when']],
    [4, ['one', 1, 'route']],
    [4, ['one', 1, 'route', 'queue']],
    [6, ['7']],
    [1, ['nine']],
  ];
  for (const [line, path] of said) t.is(lineOf(path), `file.yaml:${line}: Expected another.`, String(path));
});

test('of broken YAML each fault has its line, and there is no value', (t) => {
  const {value, faults} = new YamlFile('one: 1\none: 2\ntwo: [\n', 'file.yaml');

  t.is(value, undefined);
  t.is(faults[0], 'file.yaml:2: Map keys must be unique');
  t.regex(faults[1] ?? '', /^file\.yaml:4: /);
});

test('an alias to nothing and aliases that multiply are faults', (t) => {
  const ten = (of: string) => `[${Array.from({length: 10}, () => of).join(', ')}]`;
  const multiplied = `a: &a ${ten('x')}\nb: &b ${ten('*a')}\nc: &c ${ten('*b')}\nd: ${ten('*c')}\n`;

  for (const broken of ['a: *nothing\n', multiplied]) {
    const {value, faults} = new YamlFile(broken, 'file.yaml');

    t.is(value, undefined);
    t.regex(faults.join(), /^file\.yaml:1: .*alias/i);
  }
});

test('a file of nothing says null', (t) => {
  const {value, faults} = new YamlFile('# nothing yet\n', 'file.yaml');

  t.deepEqual([value, faults], [null, []]);
});

test('what a program wrote as JSON is read as the same, and a fault has its line', (t) => {
  const {value} = new YamlFile(text, 'file.yaml');
  const file = new YamlFile(JSON.stringify(value), 'file.yaml');
  file.say('Expected another.', ['one', 1, 'name']);

  t.deepEqual(file.value, value);
  t.is(file.faults.join(), 'file.yaml:1: Expected another.');
});

test('two members of one name are a fault in JSON by hand, too', (t) => {
  const {value, faults} = new YamlFile('{"one":1,"one":2}', 'file.yaml');

  t.is(value, undefined);
  t.deepEqual(faults, ['file.yaml:1: Map keys must be unique']);
});
