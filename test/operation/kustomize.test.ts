/** The project is a base for kustomize, and the overlay of docs/operation.md moves all of it to another namespace. */
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import path from 'node:path';
import test from 'ava';
import {parse} from 'yaml';
import {temporaryFolder} from '../dip-process.ts';
import {changes, plainObjects, project} from '../helm/objects.ts';
import {copyOfBase, kustomized} from './kustomized.ts';

const plain = plainObjects('config/knative', 'triggers');

test('the base has every object of the plain files, and changes none', async (t) => {
  const objects = await kustomized(t, project);
  if (objects === undefined) return;

  t.deepEqual(changes(plain, objects), {});
});

test('the overlay of the documents changes namespaces and images, wherever they stand', async (t) => {
  const folder = await temporaryFolder();
  await copyOfBase(path.join(folder, 'dip'));
  await mkdir(path.join(folder, 'letters'));
  await writeFile(path.join(folder, 'letters/kustomization.yaml'), await overlayOfDocuments());
  const objects = await kustomized(t, path.join(folder, 'letters'));
  if (objects === undefined) return;

  const images = await imagesOfDocuments();
  t.true(images.size >= 7);
  const moved = new Map(
    [...plain].map(([name, values]) => [inLetters(name), valuesInLetters(values, images)]),
  );
  t.deepEqual(changes(moved, objects), {});
});

async function overlayOfDocuments(): Promise<string> {
  const text = await readFile(path.join(project, 'docs/operation.md'), 'utf8');
  const [, overlay] = /```yaml\n(# letters\/kustomization\.yaml[\s\S]*?)```/.exec(text) ?? [];
  if (overlay === undefined) throw new Error('docs/operation.md holds no overlay.');
  return overlay;
}

/** Those that the overlay gives another name; a service that is new to the project is not among them. */
async function imagesOfDocuments(): Promise<Set<string>> {
  const {images}: {images: {name: string}[]} = parse(await overlayOfDocuments());
  return new Set(images.map(({name}) => name));
}

function inLetters(name: string): string {
  return name === 'Namespace dip' ? 'Namespace letters' : name;
}

/** An object as it would be if it were written for the namespace `letters` and the images of a registry. */
function valuesInLetters(
  values: ReadonlyMap<string, unknown>,
  images: ReadonlySet<string>,
): Map<string, unknown> {
  const moved = [...values].map(([at, value]): [string, unknown] => {
    if (typeof value !== 'string') return [at, value];
    if (at.endsWith('.image')) return [at, images.has(value) ? `registry.example/${value}:0.1.0` : value];
    const isName = at.endsWith('namespace') || (at === 'metadata.name' && values.get('kind') === 'Namespace');
    if (isName) return [at, value === 'dip' ? 'letters' : value];
    const addressed = value.replace('.dip.svc.', '.letters.svc.');
    return [at, addressed.replace(/(\.svc\.cluster\.local)\/dip\//, '$1/letters/')];
  });
  return new Map(moved);
}
