import test from 'ava';
import {filterLine} from '../../../services/cli/eventing/filter-line.ts';

const lines: [string, unknown, string][] = [
  ['no filter', {}, 'everything'],
  ['empty filters', {filters: [], filter: {}}, 'everything'],
  ['one type', {filters: [{exact: {type: 'com.dip.x'}}]}, 'type = com.dip.x'],
  ['two attributes', {filters: [{exact: {type: 'x', source: '/s'}}]}, 'type = x and source = /s'],
  [
    'several filters',
    {filters: [{prefix: {subject: 'doc/'}}, {suffix: {type: '.kept'}}]},
    'subject starts with doc/ and type ends with .kept',
  ],
  ['a negation', {filters: [{not: {exact: {type: 'x'}}}]}, 'not (type = x)'],
  [
    'alternatives beside others',
    {filters: [{any: [{exact: {type: 'x'}}, {exact: {type: 'y'}}]}, {prefix: {id: 'a'}}]},
    '(type = x or type = y) and id starts with a',
  ],
  [
    'all within any',
    {filters: [{any: [{all: [{exact: {a: '1'}}, {exact: {b: '2'}}]}, {not: {exact: {c: '3'}}}]}]},
    '(a = 1 and b = 2) or not (c = 3)',
  ],
  ['an expression', {filters: [{cesql: "type LIKE 'x%'"}]}, "type LIKE 'x%'"],
  ['the older form', {filter: {attributes: {type: 'x', source: ''}}}, 'type = x and source is there'],
  ['both forms', {filter: {attributes: {type: 'x'}}, filters: [{exact: {type: 'y'}}]}, 'type = y'],
];

for (const [what, spec, line] of lines) {
  test(`${what} on one line`, (t) => {
    t.is(filterLine(spec), line);
  });
}
