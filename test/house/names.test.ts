/** Rules about what files and folders are called. */
import test from 'ava';
import {sourceFiles} from './source-files.ts';

/** Words that say nothing of what is inside. */
const empty = /^(utils?|utilities|helpers?|common|shared|libs?|misc|core|stuff|types|constants|interfaces)$/;
/** Words for things that nobody could name. */
const vague = /(Manager|Helper|Util|Utils|Base|Impl)$/;

const files = sourceFiles('services', 'test');

test('files and folders are called in kebab-case', (t) => {
  for (const {name} of files)
    for (const part of name.split('/')) t.regex(part, /^[a-z0-9]+(-[a-z0-9]+)*(\.test)?(\.ts)?$/, name);
});

test('no file or folder is a drawer for anything', (t) => {
  for (const {name} of files)
    for (const part of name.split('/')) t.notRegex(part.replace(/(\.test)?\.ts$/, ''), empty, name);
});

test('what is exported is called by what it is', (t) => {
  const exported =
    /^export (?:default )?(?:async )?(?:abstract )?(?:class|interface|type|function|const) (\w+)/gm;
  for (const {name, text} of sourceFiles('services'))
    for (const [, word = ''] of text.matchAll(exported)) t.notRegex(word, vague, name);
});

test('a drawer would be found', (t) => {
  for (const name of ['util', 'utils', 'helpers', 'common', 'shared', 'lib', 'misc']) t.regex(name, empty);
});
