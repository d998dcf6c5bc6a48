import {contracts} from '../../services/cli/events/catalogue.ts';
import type {Chance} from '../flow/chance.ts';

/** What the events of strangers say of where they are from. */
export const strangersSource = '/strangers';

/** An event that a broker takes and somebody behind it should not, as the bytes of its structured form. */
export function strangeEvent(chance: Chance, id: string): Buffer {
  const contract = chance.of(contracts);
  const documentId = `doc-stranger-${id.padStart(20, '0')}`;
  const data: Record<string, unknown> = {...Object(contract.example), documentId};
  for (const name of Object.keys(data)) if (chance.happens(0.2)) data[name] = chance.of(values);
  const event: Record<string, unknown> = {
    specversion: '1.0',
    id: chance.happens(0.1) ? '1' : id,
    source: strangersSource,
    type: chance.happens(0.7) ? contract.type : 'com.example.unheard.of',
    subject: documentId,
    datacontenttype: 'application/json',
    data,
  };
  for (let more = chance.below(3); more > 0; more--) Object.assign(event, chance.of(attributes)(chance));
  return Buffer.from(JSON.stringify(event));
}

const values = [null, '', -1, 1e308, true, [], {}, 'x'.repeat(10_000), '../../etc/passwd', '\u202e\u0007'];

const attributes: readonly ((chance: Chance) => object)[] = [
  () => ({time: '2026-01-01T00:00:00Z'}),
  () => ({time: `2026-01-01T00:00:00.${'0'.repeat(10_000)}Z`}),
  () => ({time: '9999-12-31T23:59:60+99:99'}),
  (chance) => ({partitionkey: 'x'.repeat(chance.below(20_000))}),
  (chance) => ({long: 'x'.repeat(chance.below(200_000))}),
  () => ({traceparent: '00-nothing'}),
  () => ({dataschema: 'urn:nobody'}),
  () => ({subject: '\u202e\u0000x'}),
  () => ({causationid: 'x'}),
];
