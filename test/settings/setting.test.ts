import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';
import test, {type ExecutionContext} from 'ava';
import {ConfigError} from '#kit';
import {readConfig} from '#kit/wire';
import {readOwnSetting, readSetting} from '#settings';
import {temporaryFolder} from '../dip-process.ts';

async function folders(_t: ExecutionContext) {
  const folder = await temporaryFolder();
  const shipped = path.join(folder, 'shipped.yaml');
  writeFileSync(shipped, 'shipped');
  const settingsDirectory = path.join(folder, 'settings');
  mkdirSync(settingsDirectory);
  return {settingsDirectory, shipped: pathToFileURL(shipped)};
}

test('the owner’s file takes the place of the one that ships, and is called by its path', async (t) => {
  const {settingsDirectory, shipped} = await folders(t);
  const config = readConfig({DIP_SETTINGS_DIR: settingsDirectory});

  const before = await readSetting(config, 'rules.yaml', shipped);
  writeFileSync(path.join(settingsDirectory, 'rules.yaml'), 'own');
  const after = await readSetting(config, 'rules.yaml', shipped);

  t.deepEqual(before, {text: 'shipped', name: 'rules.yaml'});
  t.deepEqual(after, {text: 'own', name: path.join(settingsDirectory, 'rules.yaml')});
});

test('without a folder of settings what ships holds', async (t) => {
  const {shipped} = await folders(t);

  t.is(readConfig({}).settingsDirectory, undefined);
  t.is((await readSetting(readConfig({}), 'rules.yaml', shipped)).text, 'shipped');
  t.is(await readOwnSetting(readConfig({}), 'organization.yaml'), undefined);
});

test('a folder that is not there, or a file that can not be read, stops the start with its name', async (t) => {
  const {settingsDirectory, shipped} = await folders(t);
  mkdirSync(path.join(settingsDirectory, 'rules.yaml'));
  const read = (directory: string) =>
    readSetting(readConfig({DIP_SETTINGS_DIR: directory}), 'rules.yaml', shipped);

  await t.throwsAsync(read('/nowhere'), {
    instanceOf: ConfigError,
    message: 'Expected DIP_SETTINGS_DIR to be a folder, got /nowhere, which is not there.',
  });
  await t.throwsAsync(read(settingsDirectory), {
    instanceOf: ConfigError,
    message: /^The file of settings \S+rules\.yaml can't be read: EISDIR/,
  });
});
