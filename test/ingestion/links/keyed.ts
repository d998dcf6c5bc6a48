import {hashedWith} from '../../../services/ingestion/links/keyed.ts';

/** Hashes with one installation's key, and with another's: always the same, as what is drawn by a key differs with it. */
export const keyed = hashedWith('ours');
export const otherKeyed = hashedWith('theirs');
