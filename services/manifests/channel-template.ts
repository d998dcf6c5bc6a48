import {at, isObject, type JsonObject, textAt} from '#kit/json';
import {parseYaml} from './yaml.ts';

/** The channel that the ConfigMap of an MTChannelBasedBroker asks for; nothing of it is refused. */
export interface ChannelTemplate {
  readonly apiVersion: string;
  /** Such as `KafkaChannel`; clusters may know others. */
  readonly kind: string;
  readonly spec: JsonObject;
}

/** The key of a ConfigMap that counts: the older one where it is alone (`eventing:reconciler/broker/config.go`). */
export function templateKey(data: Readonly<Record<string, unknown>>): string {
  const [key, older] = ['channel-template-spec', 'channelTemplateSpec'];
  return older in data && !(key in data) ? older : key;
}

/** What a ConfigMap asks for; undefined where it asks for no channel, or for none that can be read. */
export function channelTemplate(configMap: unknown): ChannelTemplate | undefined {
  const data = at(configMap, 'data');
  const text = isObject(data) ? textAt(data, templateKey(data)) : undefined;
  if (text === undefined) return undefined;
  const template = firstOf(text);
  const [apiVersion, kind] = [textAt(template, 'apiVersion'), textAt(template, 'kind')];
  if (apiVersion === undefined || kind === undefined) return undefined;
  const spec = at(template, 'spec');
  return {apiVersion, kind, spec: isObject(spec) ? spec : {}};
}

function firstOf(text: string): unknown {
  try {
    return parseYaml(text, '')[0];
  } catch {
    return undefined;
  }
}
