import test from 'ava';
import {tellingLine} from '../../../services/local/serving/telling-line.ts';

const syntaxError = `file:///srv/services/errors/rules.ts:45
export const x = = 3;
                 ^

SyntaxError [ERR_INVALID_TYPESCRIPT_SYNTAX]: Expression expected
    at parseTypeScript (node:internal/modules/typescript:61:36)
    at afterResolve (node:internal/modules/esm/loader:614:52)

Node.js v26.10.0
`;

const said: Record<string, [text: string, line: string]> = {
  'a syntax error': [
    syntaxError,
    'SyntaxError [ERR_INVALID_TYPESCRIPT_SYNTAX]: Expression expected (/srv/services/errors/rules.ts:45)',
  ],
  'a module that is not there': [
    "Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/srv/a.ts'\n    at resolve (node:internal:1:2)\n",
    "Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/srv/a.ts'",
  ],
  'one sentence': ['routing: rules.yaml:87: A key is missing\n', 'routing: rules.yaml:87: A key is missing'],
  'lines of a log': [
    '{"level":"info","message":"event"}\n{"level":"error","message":"event","error":"no such table"}\n',
    'no such table',
  ],
  'a log and then an error': [
    '{"level":"info","message":"not found"}\nTypeError: x is no function\n    at y (z:1:2)\n',
    'TypeError: x is no function',
  ],
  'words that look like an error': [
    'hello\nerror: the model is missing\nbye\n',
    'error: the model is missing',
  ],
  'words that do not': ['hello\nbye\n', 'bye'],
  nothing: ['\n', ''],
};
for (const [what, [text, line]] of Object.entries(said)) {
  test(`of a program that said ${what}, that is told`, (t) => {
    t.is(tellingLine(text), line);
  });
}
