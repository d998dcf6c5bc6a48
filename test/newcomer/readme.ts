import {readFileSync} from 'node:fs';
import path from 'node:path';
import {project} from '../helm/objects.ts';
import type {Newcomer} from './settle.ts';

/** A step of a section of README: all of its text, and the first block of code in it. */
interface Step {
  readonly text: string;
  readonly code: string;
}

/** The service that README has its reader write, to the letter. */
export function newcomerOfReadme(): Newcomer {
  const [fact, service, trigger, manifest, test] = stepsOf('Write a service');
  const serviceFile = fileIn(service, /`(services\/\S+\/service\.ts)`/);
  const name = path.basename(path.dirname(serviceFile));
  const factFile = fileIn(fact, /`(services\/events\/\S+\.ts)`/);
  const [, exported = ''] = /export const (\w+)/.exec(fact?.code ?? '') ?? [];
  return {
    name,
    files: {
      [factFile]: codeOf(fact),
      [serviceFile]: codeOf(service),
      [fileIn(test, /`(test\/\S+\.ts)`/)]: codeOf(test),
    },
    fact: `export {${exported}} from './${path.basename(factFile)}';`,
    trigger: {
      path: fileIn(trigger, /`(triggers\/\S+\.yaml)`/),
      of: `triggers/${fileIn(trigger, /a copy of `(\S+\.yaml)`/)}`,
      names: [['classification', name]],
    },
    manifest: {
      path: fileIn(manifest, /`(config\/knative\/\S+\.yaml)`/),
      of: `config/knative/${fileIn(manifest, /a copy of `(\S+\.yaml)`/)}`,
      names: [['routing', name]],
    },
  };
}

/** The numbered steps of a section. */
function stepsOf(heading: string): Step[] {
  return sectionOf(heading)
    .split(/^(?=\d\. \*\*)/m)
    .slice(1)
    .map((text) => ({text: text.replaceAll(/\n +/g, ' '), code: firstCode(text)}));
}

/** The text of a section of README. @throws Error where there is none of this heading. */
export function sectionOf(heading: string): string {
  const readme = readFileSync(path.join(project, 'README.md'), 'utf8');
  const section = readme.split(/^## /m).find((text) => text.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`README.md has no section "${heading}".`);
  return section;
}

/** The first block of code, without what it is indented by. */
function firstCode(text: string): string {
  const [, indent = '', code = ''] = /^( *)```ts\n([\s\S]*?)^ *```$/m.exec(text) ?? [];
  return code.replaceAll(new RegExp(`^${indent}`, 'gm'), '');
}

function codeOf(step: Step | undefined): string {
  if (step === undefined || step.code === '') throw new Error('A step of README.md has no code.');
  return step.code;
}

function fileIn(step: Step | undefined, name: RegExp): string {
  const [, file] = name.exec(step?.text ?? '') ?? [];
  if (file === undefined) throw new Error(`A step of README.md names no ${name.source}.`);
  return file;
}
