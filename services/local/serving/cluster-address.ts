/** The addresses under which a cluster's brokers take events, of either class. */
const brokerIngress =
  /https?:\/\/(?:kafka-)?broker-ingress\.knative-eventing\.svc(?:\.cluster\.local)?(?::\d+)?(?=\/|$)/g;

/** A text with the broker addresses of the cluster in it replaced by our own. */
export function localAddresses(text: string, ownUrl: string): string {
  return text.replace(brokerIngress, ownUrl);
}
