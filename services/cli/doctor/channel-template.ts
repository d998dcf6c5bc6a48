import {parse} from 'yaml';
import {textAt} from '#kit/json';

/** The channel that the ConfigMap of an MTChannelBasedBroker asks for; undefined where it asks for none that can be read. */
export function channelTemplate(configMap: unknown): unknown {
  const text =
    textAt(configMap, 'data', 'channel-template-spec') ?? textAt(configMap, 'data', 'channelTemplateSpec');
  if (text === undefined) return undefined;
  try {
    const template: unknown = parse(text);
    return template;
  } catch {
    return undefined;
  }
}
