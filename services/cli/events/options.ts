import type {Values} from '../command.ts';

/** The options that say what is in an event, for every command that makes one. */
export const eventOptions = {
  type: {type: 'string', short: 't', value: 'TYPE', help: 'The same as the argument'},
  source: {type: 'string', value: 'SOURCE', help: 'Who says it; default /cli'},
  subject: {type: 'string', value: 'SUBJECT', help: 'What it is about; default the documentId of its data'},
  id: {type: 'string', value: 'ID', help: 'Default: a new one'},
  data: {type: 'string', short: 'd', value: 'JSON', help: "Default: the example of the type's contract"},
  'data-file': {type: 'string', value: 'FILE', help: 'The data from a file, or - for stdin'},
  extension: {
    type: 'string',
    short: 'e',
    multiple: true,
    value: 'NAME=VALUE',
    help: 'An extension attribute; may be repeated',
  },
} as const;

export type EventOptions = Values<typeof eventOptions>;
