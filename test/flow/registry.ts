import {createServer} from 'node:http';
import {buffer} from 'node:stream/consumers';
import {setTimeout as wait} from 'node:timers/promises';
import {decode, encodeStructured, identity} from '#kit';
import type {Chance} from './chance.ts';
import type {Trial} from './verdict.ts';

/** What a broker got under one id. */
export interface Registered {
  /** Every content that came under it, in structured mode. */
  readonly contents: Set<string>;
  /** Of the first. */
  readonly data: unknown;
  readonly firstAtMs: number;
  times: number;
}

/** A broker that takes its time, is away now and then, and puts down all that it was given. */
export class Registry {
  readonly events = new Map<string, Registered>();
  url = '';

  static async start({atEnd}: Trial, chance: Chance): Promise<Registry> {
    const registry = new Registry();
    const server = createServer((request, response) => {
      void buffer(request).then(async (body) => {
        // What it puts down it may yet fail to answer for: that is how a broker breaks.
        const isAway = chance.happens(0.03);
        if (!isAway || chance.happens(0.5)) registry.#put(decode(request.headers, body));
        await wait(chance.below(15));
        response.writeHead(isAway ? 503 : 202).end();
      }, response.destroy.bind(response));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    atEnd(() => {
      server.close();
      server.closeAllConnections();
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new TypeError('Expected a port.');
    registry.url = `http://127.0.0.1:${address.port}/dip/default`;
    return registry;
  }

  #put(event: ReturnType<typeof decode>): void {
    const {id} = identity(event);
    const content = encodeStructured(event).body.toString();
    const known = this.events.get(id);
    if (known === undefined) {
      const data: unknown = JSON.parse(String(event.data));
      this.events.set(id, {contents: new Set([content]), data, firstAtMs: performance.now(), times: 1});
      return;
    }
    known.contents.add(content);
    known.times++;
  }
}
