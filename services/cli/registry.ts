import type {Command} from './command.ts';

/** A command as the list of commands knows it, before its file is loaded. */
export interface Entry {
  readonly name: string;
  readonly summary: string;
  load(): Promise<{default: Command}>;
}

/** Every command of `dip`, in the order of the help. A new command is a file of its own and one entry here. */
export const commands: readonly Entry[] = [
  {
    name: 'dev',
    summary: 'Run all of DIP on this machine',
    load: () => import('./commands/dev.ts'),
  },
  {
    name: 'serve',
    summary: 'Run one service',
    load: () => import('./commands/serve.ts'),
  },
  {
    name: 'doc submit',
    summary: 'Send in documents, and wait for their answers if asked to',
    load: () => import('./commands/doc-submit.ts'),
  },
  {
    name: 'doc list',
    summary: 'List documents, the latest first',
    load: () => import('./commands/doc-list.ts'),
  },
  {
    name: 'doc describe',
    summary: 'Show one document, its answer and its facts',
    load: () => import('./commands/doc-describe.ts'),
  },
  {
    name: 'doc resume',
    summary: 'Let documents go on that are stuck in work',
    load: () => import('./commands/doc-resume.ts'),
  },
  {
    name: 'doc extract',
    summary: 'Read documents as ingestion does, without sending them in',
    load: () => import('./commands/doc-extract.ts'),
  },
  {
    name: 'model predict',
    summary: 'Say what texts are about, as classification does',
    load: () => import('./commands/model-predict.ts'),
  },
  {
    name: 'event send',
    summary: 'Send an event to a broker',
    load: () => import('./commands/event-send.ts'),
  },
  {
    name: 'event build',
    summary: 'Print a valid event of a type',
    load: () => import('./commands/event-build.ts'),
  },
  {
    name: 'rules check',
    summary: 'Check the rules of a file as routing does at its start',
    load: () => import('./commands/rules-check.ts'),
  },
  {
    name: 'token create',
    summary: 'Make a token that lets somebody in, and show it once',
    load: () => import('./commands/token-create.ts'),
  },
  {
    name: 'token list',
    summary: 'List who has a token, for what and until when',
    load: () => import('./commands/token-list.ts'),
  },
  {
    name: 'token revoke',
    summary: 'Take a token back: who holds it gets in no more',
    load: () => import('./commands/token-revoke.ts'),
  },
  {
    name: 'identity create',
    summary: 'Make the keys by which services know the console, where there are none',
    load: () => import('./commands/identity-create.ts'),
  },
  {
    name: 'identity rotate',
    summary: 'Add a new pair of keys, and drop those that nobody signs with any more',
    load: () => import('./commands/identity-rotate.ts'),
  },
  {
    name: 'identity list',
    summary: 'List the keys by which services know the console, and when they were made',
    load: () => import('./commands/identity-list.ts'),
  },
  {
    name: 'manifests eventtypes',
    summary: 'Print the EventTypes of a cluster, made from the contracts',
    load: () => import('./commands/manifests-eventtypes.ts'),
  },
  {
    name: 'manifests routes',
    summary: 'Print the front doors of all services, with who may come in',
    load: () => import('./commands/manifests-routes.ts'),
  },
  {
    name: 'broker list',
    summary: 'List Brokers, of the manifests or of a cluster',
    load: () => import('./commands/broker-list.ts'),
  },
  {
    name: 'broker describe',
    summary: 'Show one Broker, and whether and why not it is ready',
    load: () => import('./commands/broker-describe.ts'),
  },
  {
    name: 'trigger list',
    summary: 'List who hears what, of the manifests or of a cluster',
    load: () => import('./commands/trigger-list.ts'),
  },
  {
    name: 'trigger describe',
    summary: 'Show one Trigger, and whether and why not it is ready',
    load: () => import('./commands/trigger-describe.ts'),
  },
  {
    name: 'doctor',
    summary: 'Look at a cluster or this machine, and say what is wrong',
    load: () => import('./commands/doctor.ts'),
  },
  {
    name: 'completion',
    summary: 'Print what lets a shell complete these commands',
    load: () => import('./commands/completion.ts'),
  },
];

/** What the nouns mean. */
export const nouns: Readonly<Record<string, string>> = {
  doc: 'Documents: what goes in, and what came out',
  model: 'Models: what tells the categories of texts',
  event: 'Events: the facts that services hear and tell',
  rules: 'Rules: who answers a document, by when and how',
  token: 'Tokens: who may do what, with DIP_TOKEN',
  identity: 'Keys: how the services of a cluster know the console',
  broker: 'Brokers: what keeps events and delivers them',
  trigger: 'Triggers: who hears what',
  manifests: 'Manifests: the YAML that a cluster runs DIP by',
};

const nounAliases: Readonly<Record<string, string>> = {
  docs: 'doc',
  document: 'doc',
  documents: 'doc',
  ev: 'event',
  events: 'event',
  models: 'model',
  tokens: 'token',
  rule: 'rules',
  brokers: 'broker',
  trg: 'trigger',
  triggers: 'trigger',
};

const verbAliases: Readonly<Record<string, string>> = {ls: 'list', get: 'describe', show: 'describe'};

/** The noun that a word stands for: itself, its plural or a short form. */
export function nounOf(word: string): string {
  return Object.hasOwn(nounAliases, word) ? (nounAliases[word] ?? word) : word;
}

/** The verb that a word stands for: `ls`, `get` and `show` are other words for `list` and `describe`. */
export function verbOf(word: string): string {
  return Object.hasOwn(verbAliases, word) ? (verbAliases[word] ?? word) : word;
}

/** The verbs of a noun. */
export function verbsOf(noun: string): string[] {
  return commands.flatMap(({name}) => (name.startsWith(`${noun} `) ? [name.slice(noun.length + 1)] : []));
}

/** All words that may come first, without aliases. */
export function firstWords(): string[] {
  return [...new Set(commands.map(({name}) => name.split(' ')[0] ?? name))];
}
