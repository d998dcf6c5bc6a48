import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {everybody} from '#gateway';
import {signer} from '#kit/wire';
import {type Clock, systemClock} from '../../services/local/eventing/clock.ts';
import {type Eventing, openEventing} from '../../services/local/eventing/eventing.ts';
import {gateway} from '../../services/local/gateway/gateway.ts';
import type {JournalOptions} from '../../services/local/journal/journal.ts';
import {openCarrier} from '../../services/local/serving/carrier.ts';
import type {Launch} from '../../services/local/serving/instance.ts';
import {openServing, type Serving} from '../../services/local/serving/serving.ts';
import type {Manifests} from '../../services/manifests/manifests.ts';
import {makeKeys} from '../kit/serving.ts';
import {temporaryFolder} from './folder.ts';

export interface RunningBroker {
  readonly url: string;
  readonly eventing: Eventing;
  readonly serving: Serving;
  /** What a person would have been told. */
  readonly said: readonly string[];
  stop(): Promise<void>;
}

export interface BrokerOptions {
  folder?: string;
  clock?: Clock;
  journal?: Pick<JournalOptions, 'mostBytes' | 'segmentBytes'>;
  launch?: Partial<Launch>;
}

/** Everything of DIP but its lock, in this process: gateway, brokers, services. */
export async function runBroker(
  t: ExecutionContext,
  manifests: Manifests,
  {folder, clock = systemClock, journal = {}, launch = {}}: BrokerOptions = {},
): Promise<RunningBroker> {
  const place = folder ?? (await temporaryFolder(t));
  const said: string[] = [];
  const say = (sentence: string) => void said.push(sentence);
  let url = '';
  const serving = openServing({
    manifests,
    ownUrl: () => url,
    launch: {environment: process.env, dip: [], directory: place, logFolder: place, ...launch},
    environment: {},
    say,
  });
  const carrier = openCarrier(serving, () => url);
  const eventing = await openEventing({
    manifests,
    folder: path.join(place, 'journal'),
    carrier,
    clock,
    warn: say,
    onAccept: (broker) => serving.warm(broker),
    journal,
  });
  makeKeys(path.join(place, 'identity'));
  const sign = signer(path.join(place, 'identity'), {warn: say});
  const server = gateway({eventing, serving, hosts: ['127.0.0.1'], people: everybody, sign});
  url = await new Promise<string>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`);
    });
  });
  eventing.begin();
  let stopped: Promise<void> | undefined;
  const stop = () => {
    stopped ??= (async () => {
      server.close();
      server.closeAllConnections();
      const drained = eventing.close();
      await carrier.stop();
      await serving.close();
      await drained;
    })();
    return stopped;
  };
  t.teardown(stop);
  return {url, eventing, serving, said, stop};
}
