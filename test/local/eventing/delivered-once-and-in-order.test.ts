import {cp} from 'node:fs/promises';
import test from 'ava';
import fc from 'fast-check';
import type {CloudEvent} from '#kit';
import {type Carrier, CarrierStopped} from '../../../services/local/eventing/carrier.ts';
import {type Eventing, openEventing} from '../../../services/local/eventing/eventing.ts';
import {impatientClock} from '../clocks.ts';
import {eventOf} from '../events.ts';
import {temporaryFolder} from '../folder.ts';
import {brokerOf, delivery, manifestsOf, triggerOf, typesOf} from '../manifests-of.ts';

/** What can happen to a broker. */
type Step =
  | {kind: 'accept'; key: number; type: 'one' | 'two'}
  | {kind: 'fail'; trigger: number; times: number}
  | {kind: 'pass'}
  | {kind: 'restart'}
  | {kind: 'kill'};

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('accept' as const),
      key: fc.nat(3),
      type: fc.constantFrom('one' as const, 'two' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('fail' as const),
      trigger: fc.nat(2),
      times: fc.integer({min: 1, max: 3}),
    }),
  },
  {weight: 3, arbitrary: fc.constant({kind: 'pass' as const})},
  {weight: 1, arbitrary: fc.constant({kind: 'restart' as const})},
  {weight: 1, arbitrary: fc.constant({kind: 'kill' as const})},
);

const hears = [
  {name: 'ones', types: ['one']},
  {name: 'twos', types: ['two']},
  {name: 'all', types: ['one', 'two']},
];

const manifests = manifestsOf({
  brokers: [brokerOf({partitions: 2})],
  triggers: hears.map(({name, types}) =>
    triggerOf(name, `http://${name}`, {filter: typesOf(...types), delivery: {...delivery, retry: 1000}}),
  ),
});

/** A world of subscribers that outlives the broker, and a broker that is restarted and killed. */
class World {
  /** By trigger: what its subscriber took, in the order in which it did. */
  readonly taken = new Map<string, CloudEvent[]>(hears.map(({name}) => [name, []]));
  readonly accepted: CloudEvent[] = [];
  readonly #failing = new Map<string, number>();
  #folder: string;
  #eventing: Eventing | undefined;
  #stopped = Promise.withResolvers<never>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  async start(): Promise<void> {
    const stopped = Promise.withResolvers<never>();
    stopped.promise.catch(() => {});
    this.#stopped = stopped;
    let isStopped = false;
    stopped.promise.catch(() => {
      isStopped = true;
    });
    const carrier: Carrier = {
      addressOf: () => 'http://subscriber',
      send: async (destination, event) => {
        await new Promise(setImmediate);
        if (isStopped) return stopped.promise;
        const name = destination.kind === 'uri' ? destination.uri.slice('http://'.length) : '';
        const left = this.#failing.get(name) ?? 0;
        this.#failing.set(name, Math.max(0, left - 1));
        if (left === 0) this.taken.get(name)?.push(event);
        return {status: left === 0 ? 202 : 503, headers: {}, body: Buffer.alloc(0)};
      },
    };
    this.#eventing = await openEventing({
      manifests,
      folder: this.#folder,
      carrier,
      clock: impatientClock(),
      warn: () => {},
      journal: {segmentBytes: 4_000},
    });
    this.#eventing.begin();
  }

  async run(step: Step): Promise<void> {
    if (step.kind === 'accept') await this.#accept(step);
    else if (step.kind === 'fail') this.#failing.set(hears[step.trigger]?.name ?? '', step.times);
    else if (step.kind === 'pass') for (let turn = 0; turn < 5; turn++) await new Promise(setImmediate);
    else await this.#again(step.kind);
  }

  async end(): Promise<void> {
    while (Object.values(this.#eventing?.backlog() ?? {}).some((length) => length > 0))
      await new Promise(setImmediate);
    await this.#eventing?.close();
  }

  async #accept({key, type}: Extract<Step, {kind: 'accept'}>): Promise<void> {
    const event = eventOf(`e${this.accepted.length}`, {type, partitionkey: `k${key}`});
    await this.#eventing?.accept({namespace: 'dip', name: 'default'}, event);
    this.accepted.push(event);
  }

  /** Killed: the next run finds what was on the disk at that moment, and the subscribers what was under way. */
  async #again(how: 'restart' | 'kill'): Promise<void> {
    const left = how === 'kill' ? `${this.#folder}+` : this.#folder;
    if (how === 'kill') await cp(this.#folder, left, {recursive: true});
    const closed = this.#eventing?.close();
    this.#stopped.reject(new CarrierStopped('stopped'));
    await closed;
    this.#folder = left;
    await this.start();
  }
}

test('each event reaches each trigger that hears it, and in the order of its key', async (t) => {
  const folder = await temporaryFolder(t);
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, {minLength: 5, maxLength: 60}), async (steps) => {
      const world = new World(`${folder}/${run++}`);
      await world.start();
      for (const each of steps) await world.run(each);
      await world.end();
      for (const {name, types} of hears) check(world, name, types);
    }),
    {numRuns: 40},
  );
  t.pass();
});

function check({accepted, taken}: World, name: string, types: readonly string[]): void {
  const heard = accepted.filter(({attributes}) => types.includes(String(attributes['type'])));
  const keys = new Set(heard.map(({attributes}) => attributes['partitionkey']));
  for (const key of keys) {
    const ofKey = (events: readonly CloudEvent[]) =>
      events
        .filter(({attributes}) => attributes['partitionkey'] === key)
        .map(({attributes}) => attributes['id']);
    const wanted = ofKey(heard);
    const got = ofKey(taken.get(name) ?? []);
    const firsts = [...new Set(got)];
    if (JSON.stringify(firsts) !== JSON.stringify(wanted))
      throw new Error(`Trigger ${name} took ${firsts} of key ${key}, expected ${wanted}.`);
  }
}
