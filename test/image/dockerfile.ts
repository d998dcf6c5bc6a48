import {cpSync, mkdirSync, readFileSync, symlinkSync} from 'node:fs';
import path from 'node:path';

export const project = path.join(import.meta.dirname, '../..');

export interface Instruction {
  readonly word: string;
  readonly rest: string;
}

export interface Stage {
  readonly name: string;
  /** What it begins with: a stage above or an image. */
  readonly from: string;
  readonly instructions: readonly Instruction[];
}

/** The stages of a Dockerfile, in order; of what a Dockerfile can say only what ours says. */
export function readDockerfile(file = path.join(project, 'Dockerfile')): Stage[] {
  const stages: {name: string; from: string; instructions: Instruction[]}[] = [];
  for (const {word, rest} of instructionsIn(readFileSync(file, 'utf8'))) {
    const [, from = '', name = ''] = /^(\S+) AS (\S+)$/.exec(rest) ?? [];
    if (word === 'FROM') stages.push({name, from, instructions: []});
    else stages.at(-1)?.instructions.push({word, rest});
  }
  return stages;
}

function instructionsIn(text: string): Instruction[] {
  const whole = text.replace(/^#.*\n/gm, '').replace(/\\\n\s*/g, '');
  return whole
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({
      word: line.slice(0, line.indexOf(' ')),
      rest: line.slice(line.indexOf(' ') + 1).trim(),
    }));
}

/** The instructions of a stage, those of the stages that it begins with first. */
export function allOf(stages: readonly Stage[], name: string): Instruction[] {
  const stage = stages.find((one) => one.name === name);
  return stage === undefined ? [] : [...allOf(stages, stage.from), ...stage.instructions];
}

/** What a COPY from the context names: its sources, and where they go to. */
export function copied({rest}: Instruction): {sources: string[]; target: string} {
  const words = rest.split(/\s+/);
  return {sources: words.slice(0, -1), target: words.at(-1) ?? ''};
}

/** The context as the builder gets it: .dockerignore shuts everything out but what it lets in. */
export function makeContext(folder: string): void {
  const lines = readFileSync(path.join(project, '.dockerignore'), 'utf8').split('\n');
  for (const line of lines) {
    if (!line.startsWith('!')) continue;
    const name = line.slice(1);
    mkdirSync(path.dirname(path.join(folder, name)), {recursive: true});
    cpSync(path.join(project, name), path.join(folder, name), {recursive: true});
  }
}

/** The working folder of a stage after its COPY instructions, with the packages as `npm ci` would leave them. */
export function makeStage(instructions: readonly Instruction[], context: string, folder: string): void {
  for (const instruction of instructions) {
    if (instruction.word !== 'COPY') continue;
    const {sources, target} = copied(instruction);
    for (const source of sources) {
      const into = sources.length > 1 || target.endsWith('/') ? path.join(target, source) : target;
      mkdirSync(path.dirname(path.join(folder, into)), {recursive: true});
      cpSync(path.join(context, source), path.join(folder, into), {recursive: true});
    }
  }
  symlinkSync(path.join(project, 'node_modules'), path.join(folder, 'node_modules'));
}
