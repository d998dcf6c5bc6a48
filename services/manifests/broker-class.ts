/** The annotation that says which engine a Broker is. */
export const classAnnotation = 'eventing.knative.dev/broker.class';

/** The class of a Broker; Knative's own default where it names none. */
export function classIn(annotations: Readonly<Record<string, unknown>>): string {
  const name = annotations[classAnnotation];
  return typeof name === 'string' ? name : 'MTChannelBasedBroker';
}
