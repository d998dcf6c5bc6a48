import {type JsonObject, listAt, textAt} from '#kit/json';
import {type Check, type Finding, skippedFor} from '../finding.ts';
import {deployedOf, kinds, missingRight, nameOf, type Snapshot} from '../snapshot.ts';

/** Whom alone Knative's webhook lets change a channel's subscribers. */
const controller = 'system:serviceaccount:knative-eventing:eventing-controller';

const channelKinds = [kinds.inMemoryChannel, kinds.kafkaChannel];

/**
 * A channel of a Broker knows by itself to whom it hands events. Where Triggers' Subscriptions are made anew several times
 * within seconds, as when `authentication-oidc` is switched, Knative 1.22 may leave one there that is gone (seen with
 * channels in memory): what it brings comes twice, or without a token, and what is refused goes to the dead letters.
 */
export const subscribers: Check = {
  name: 'subscribers',
  about: 'Whether the channels of Brokers hand events over for Subscriptions that are there, and no others',
  examine(snapshot) {
    const right = [kinds.subscription, ...channelKinds]
      .map((kind) => missingRight(snapshot, kind))
      .find((missing) => missing !== undefined);
    if (right !== undefined) return [skippedFor(right)];
    const known = new Set(
      deployedOf(snapshot, kinds.subscription).map((one) => textAt(one, 'metadata', 'uid')),
    );
    const channels = channelKinds.flatMap((kind) => deployedOf(snapshot, kind));
    const findings = channels.flatMap((channel) => ofChannel(channel, known, snapshot));
    if (findings.length > 0 || channels.length === 0) return findings;
    return [
      {standing: 'ok', sentence: 'Channels hand events over for Triggers that are there, and no others.'},
    ];
  },
};

function ofChannel(
  channel: JsonObject,
  known: ReadonlySet<string | undefined>,
  {namespace}: Snapshot,
): Finding[] {
  const left = listAt(channel, 'spec', 'subscribers')
    .map((subscriber, index) => ({
      index,
      uid: textAt(subscriber, 'uid'),
      to: textAt(subscriber, 'subscriberUri') ?? 'nobody',
    }))
    .filter(({uid}) => !known.has(uid));
  if (left.length === 0) return [];
  const [kind, name] = [textAt(channel, 'kind') ?? '', nameOf(channel)];
  // From the last to the first, so that none moves before its turn; each is looked at before it is taken out.
  const operations = left.toReversed().flatMap(({index, uid}) => [
    {op: 'test', path: `/spec/subscribers/${index}/uid`, value: uid},
    {op: 'remove', path: `/spec/subscribers/${index}`},
  ]);
  const places = [...new Set(left.map(({to}) => to))].join(', ');
  return [
    {
      standing: 'wrong',
      subject: `${kind} ${name}`,
      sentence: `${kind} ${name} hands events over to ${places} for a Subscription that is gone: they come twice, or are refused and go to the dead letters.`,
      next: `kubectl --as ${controller} -n ${namespace} patch ${kind.toLowerCase()} ${name} --type json -p '${JSON.stringify(operations)}'`,
    },
  ];
}
