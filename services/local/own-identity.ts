import {chmodSync, mkdirSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {identityFolder, newKeyPair, privateFile, publicFile} from '#kit/wire';

/**
 * Makes new keys for this start, by which services know the way in: in the data folder, where those that run elsewhere
 * find them too. Nobody else on the machine can read the private half.
 */
export function makeOwnIdentity(dataDirectory: string): void {
  const folder = identityFolder(dataDirectory);
  mkdirSync(folder, {recursive: true});
  // Whatever it was before.
  chmodSync(folder, 0o700);
  const {privatePem, publicPem} = newKeyPair(new Date());
  // The public half first: who signs must be known already.
  replace(path.join(folder, publicFile), publicPem);
  replace(path.join(folder, privateFile), privatePem);
}

/** At once, so that nobody reads the half of it. */
function replace(file: string, text: string): void {
  rmSync(`${file}.new`, {force: true});
  writeFileSync(`${file}.new`, text, {mode: 0o600, flag: 'wx'});
  renameSync(`${file}.new`, file);
}
