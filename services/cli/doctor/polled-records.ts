import {isObject, type JsonObject} from '#kit/json';

/** Kafka's own, which holds where nothing is said. */
const unsaid = 500;

/** `max.poll.records` in a ConfigMap of a dispatcher of Kafka's: events that it takes in one poll. */
export function polledRecords({data}: JsonObject): number {
  const texts = isObject(data) ? Object.values(data).filter((text) => typeof text === 'string') : [];
  for (const text of texts) {
    const found = /^[ \t]*max\.poll\.records[ \t]*[=:][ \t]*(\d+)/m.exec(text)?.[1];
    if (found !== undefined) return Number(found);
  }
  return unsaid;
}
