/** DIP's brokers behind their gateway, durable; argument 1 is a folder, argument 2 a subscriber's URL or nothing. */
import {everybody} from '#gateway';
import {signer} from '#kit/wire';
import {systemClock} from '../../services/local/eventing/clock.ts';
import {openEventing} from '../../services/local/eventing/eventing.ts';
import {gateway} from '../../services/local/gateway/gateway.ts';
import {openCarrier} from '../../services/local/serving/carrier.ts';
import {openServing} from '../../services/local/serving/serving.ts';
import {brokerOf, manifestsOf, triggerOf, typesOf} from '../local/manifests-of.ts';
import {report} from './server-process.ts';

const [, , folder = '', subscriber] = process.argv;
const others = triggerOf('other', 'http://127.0.0.1:9', {filter: typesOf('com.example.other')});
const triggers = subscriber === undefined ? [others] : [others, triggerOf('bench', subscriber)];
// As many partitions as DIP's own Broker has.
const manifests = manifestsOf({brokers: [brokerOf({partitions: 32})], triggers});
const say = (sentence: string) => console.error(sentence);
const serving = openServing({
  manifests,
  ownUrl: () => '',
  launch: {environment: {}, dip: [], directory: folder, logFolder: folder},
  environment: {},
  say,
});
const carrier = openCarrier(serving, () => '');
const eventing = await openEventing({manifests, folder, carrier, clock: systemClock, warn: say});
const sign = signer(folder, {warn: say});
const server = gateway({eventing, serving, hosts: ['127.0.0.1'], people: everybody, sign});
eventing.begin();
server.listen(0, '127.0.0.1', () =>
  report(server, () => ({
    left: Object.values(eventing.backlog()).reduce((sum, length) => sum + length, 0),
    flushes: eventing.flushes,
  })),
);
