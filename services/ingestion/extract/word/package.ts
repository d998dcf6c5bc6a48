import type {Unpack} from '../archive/inflate.ts';
import {readXml} from '../archive/xml.ts';
import {type ZipEntry, zipEntries} from '../archive/zip.ts';
import {Unreadable} from '../unreadable.ts';
import {attribute} from './attribute.ts';

/** The files of an Office document and what they are to each other (ECMA-376 part 2, Open Packaging Conventions). */
export interface Package {
  unpack: Unpack;
  /** All of them, in the order of the archive. */
  files: readonly ZipEntry[];
  /** By name, without a slash before it; names that differ in case are the same. */
  file(name: string): ZipEntry | undefined;
  /** Those that the table of content types names, in its order, with their types. */
  typed: {entry: ZipEntry; type: string}[];
  /** The type of a file, by its ending where the table does not name it; empty where it says nothing. */
  typeOf(entry: ZipEntry): string;
}

/**
 * Opens an Office document.
 *
 * @throws Unreadable corrupt when it is no archive or has no table of content types.
 */
export function openPackage(bytes: Uint8Array, unpack: Unpack): Package {
  const entries = zipEntries(bytes);
  if (!entries) throw new Unreadable('corrupt');
  const files = new Map(entries.map((entry) => [entry.name.toLowerCase(), entry]));
  const table = files.get('[content_types].xml');
  if (!table) throw new Unreadable('corrupt');
  const file = (name: string) => files.get(name.toLowerCase());
  const typed: Package['typed'] = [];
  const types = new Map<ZipEntry, string>();
  const endings = new Map<string, string>();
  readXml(table, unpack, {
    open(name, attributes) {
      const type = attribute(attributes, 'ContentType') ?? '';
      if (name === 'Default') endings.set((attribute(attributes, 'Extension') ?? '').toLowerCase(), type);
      const entry =
        name === 'Override' ? file((attribute(attributes, 'PartName') ?? '').slice(1)) : undefined;
      if (!entry) return;
      typed.push({entry, type});
      types.set(entry, type);
    },
  });
  const typeOf = (entry: ZipEntry) => types.get(entry) ?? endings.get(endingOf(entry.name)) ?? '';
  return {unpack, files: entries, file, typed, typeOf};
}

/** The files that a file names by the ids of its relationships (part 2 §6.5); those outside of the archive are none. */
export function relatedTo(entry: ZipEntry, {file, unpack}: Package): ReadonlyMap<string, ZipEntry> {
  const folder = entry.name.slice(0, entry.name.lastIndexOf('/') + 1);
  const related = new Map<string, ZipEntry>();
  const relationships = file(`${folder}_rels/${entry.name.slice(folder.length)}.rels`);
  if (!relationships) return related;
  readXml(relationships, unpack, {
    open(name, attributes) {
      if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return;
      const target = file(nameOf(attribute(attributes, 'Target') ?? '', folder));
      if (target) related.set(attribute(attributes, 'Id') ?? '', target);
    },
  });
  return related;
}

/** The name of a file that is named from a folder. */
function nameOf(target: string, folder: string): string {
  const url = URL.parse(target.replaceAll('\\', '/'), `file:///${folder}`);
  try {
    return decodeURIComponent(url?.pathname ?? '').slice(1);
  } catch {
    return '';
  }
}

function endingOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).toLowerCase();
}
