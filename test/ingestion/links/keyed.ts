import {createHmac} from 'node:crypto';
import type {Keyed} from '../../../services/ingestion/links/keyed.ts';

const hashedWith =
  (key: string): Keyed =>
  (kind, text) =>
    createHmac('sha256', key).update(`${kind}/${text}`).digest('hex').slice(0, 32);

/** Hashes with one installation's key, and with another's. */
export const keyed = hashedWith('ours');
export const otherKeyed = hashedWith('theirs');
