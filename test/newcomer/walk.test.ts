/** Who follows README's "Write a service", whatever the service hears and answers, is done when README says so. */
import {rm} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {temporaryFolder} from '../dip-process.ts';
import {others} from './newcomers.ts';
import {newcomerOfReadme} from './readme.ts';
import {inCopy, walk} from './walk.ts';

/** What looks at all services and all YAML at once, and takes seconds. The rest is `npm run newcomer`. */
const quick = [
  'test/house/{connections,facts,manifests,wiring}.test.ts',
  'test/cli/manifests.test.ts',
  'test/skaffold/skaffold-file.test.ts',
  'test/operation/sizing.test.ts',
];

test('README’s service and others beside it compile, are well-formed, and fit the house and its YAML', async (t) => {
  t.timeout(180_000);
  const newcomers = [newcomerOfReadme(), ...others];
  const folder = path.join(await temporaryFolder(), 'project');
  t.teardown(() => rm(path.dirname(folder), {recursive: true}));
  const own = newcomers.filter(({isForeign}) => isForeign !== true).map(({name}) => `test/${name}/*.test.ts`);

  await walk(folder, newcomers);
  await inCopy(folder, 'tsc');
  const said = await inCopy(folder, 'ava', ...quick, ...own);

  t.regex(said, /\d{3} tests passed/);
  for (const {name} of newcomers) t.true(said.includes(name), name);
});
