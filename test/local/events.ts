import type {CloudEvent} from '#kit';

/** An event for tests: `id` alone tells it from others. */
export function eventOf(id: string, attributes: Record<string, string> = {}, data = '{}'): CloudEvent {
  return {
    attributes: {
      specversion: '1.0',
      id,
      type: 'com.example.happened',
      source: '/test',
      datacontenttype: 'application/json',
      ...attributes,
    },
    data: Buffer.from(data),
  };
}
