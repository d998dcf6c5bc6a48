import {chmodSync, lstatSync, readdirSync} from 'node:fs';
import path from 'node:path';
import {messageOf} from '#kit';

/** What DIP keeps in a data folder. */
const own = /^(blobs|databases|identity|journal|logs|tokens|lock|lock-journal|lock\.holder)$/;

/** The rights of everybody but the owner. */
const others = 0o077;

/**
 * Takes from others of the machine what they may do with the letters in a data folder, which one that was made by an
 * earlier version, or by hand, may let them read. A folder that holds other things, too, stays open: only what is DIP's own
 * in it is closed.
 *
 * @param say is told what was closed, or what can't be
 */
export function closeToOthers(folder: string, say: (sentence: string) => void): void {
  const names = readdirSync(folder);
  const ours = names.filter((name) => own.test(name)).map((name) => path.join(folder, name));
  const open = [...(names.length === ours.length ? [folder] : []), ...ours].filter(isOpen);
  if (open.length === 0) return;
  try {
    for (const file of open) close(file, {isDeep: file !== folder});
    // Of one that was only made, there is nothing to say.
    if (ours.length > 0) say(`Others of this machine could read data in ${folder}; now its owner alone can.`);
  } catch (error) {
    say(
      `Others of this machine can read data in ${folder}, and it can't be closed to them: ${messageOf(error)}.`,
    );
  }
}

/** Outermost first: what lies below is out of reach from then on. Nothing is followed out of the folder. */
function close(file: string, {isDeep}: {isDeep: boolean}): void {
  const found = lstatSync(file);
  if (found.isSymbolicLink()) return;
  if ((found.mode & others) !== 0) chmodSync(file, found.mode & 0o700);
  if (!isDeep || !found.isDirectory()) return;
  for (const name of readdirSync(file)) close(path.join(file, name), {isDeep});
}

function isOpen(file: string): boolean {
  const found = lstatSync(file);
  return !found.isSymbolicLink() && (found.mode & others) !== 0;
}
