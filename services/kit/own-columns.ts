import type {Column} from './database/migrations.ts';

/** What the columns of the kit's own tables hold, which stand beside those of a service. */
export const ownColumns: Readonly<Record<string, Readonly<Record<string, Column>>>> = {
  migrations: {name: 'name'},
  replies: {
    source: 'attribute',
    id: 'attribute',
    reply: {event: 'It is a fact that a service said, and facts hold no words by their contracts.'},
    stored_at: 'time',
  },
  said: {
    type: 'name',
    key: 'id',
    event: {event: 'It is a fact that a front door said, and facts hold no words by their contracts.'},
    said_at: 'time',
    confirmed_at: 'time',
  },
};
