import {goDurationMs} from './go-duration.ts';
import {type ManifestObject, refusal} from './manifest-object.ts';

const domain = 'autoscaling.knative.dev/';
const hour = 3_600_000;

interface Rule {
  /** Whether Knative Serving takes the text. */
  readonly takes: (text: string) => boolean;
  /** What it must be, in words. */
  readonly wanted: string;
}

const isNumber = (text: string) => text.trim() !== '' && !Number.isNaN(Number(text));
const between = (low: number, high: number): Rule => ({
  takes: (text) => isNumber(text) && Number(text) >= low && Number(text) <= high,
  wanted: `a number from ${low} to ${high}`,
});
const lasting = (low: number, high: number): Rule => ({
  takes: (text) => {
    const milliseconds = goDurationMs(text) ?? -1;
    return milliseconds >= low && milliseconds <= high && milliseconds % 1000 === 0;
  },
  wanted: `whole seconds from ${low / 1000}s to ${high / hour}h, such as 60s`,
});

/** What has no effect on one machine and is refused all the same (`serving:annotation_validation.go`). */
const rules: Readonly<Record<string, Rule>> = {
  'activation-scale': {
    takes: (text) => /^\d+$/.test(text) && Number(text) > 1,
    wanted: 'a whole number above 1',
  },
  class: {
    takes: (text) => !text.endsWith('autoscaling.knative.dev') || /^[kh]pa\./.test(text),
    wanted: 'kpa.autoscaling.knative.dev or hpa.autoscaling.knative.dev',
  },
  'initial-scale': {takes: (text) => /^[1-9]\d*$/.test(text), wanted: 'a whole number above 0'},
  'panic-threshold-percentage': between(110, 1000),
  'panic-window-percentage': between(1, 100),
  'scale-down-delay': lasting(0, hour),
  target: {takes: (text) => isNumber(text) && Number(text) >= 0.01, wanted: 'a number of at least 0.01'},
  'target-burst-capacity': {
    takes: (text) => isNumber(text) && (Number(text) >= 0 || Number(text) === -1),
    wanted: 'a number, 0 or more, or -1',
  },
  'target-utilization-percentage': between(1, 100),
  window: lasting(6000, hour),
};

/** @param at where the annotations stand. */
export function refuseAutoscaling(
  object: ManifestObject,
  annotations: Readonly<Record<string, string>>,
  at: string,
): void {
  for (const [name, {takes, wanted}] of Object.entries(rules)) {
    const camel = name.replace(/-./g, (dash) => dash.slice(1).toUpperCase());
    for (const key of new Set([domain + name, domain + camel])) {
      const text = annotations[key];
      if (text === undefined || takes(text)) continue;
      throw refusal(object, `${at}[${key}]`, `is ${JSON.stringify(text)}: it must be ${wanted}.`);
    }
  }
  const metric = annotations[`${domain}metric`];
  const isKpa = (annotations[`${domain}class`] ?? `kpa.${domain}`).startsWith('kpa.');
  if (metric !== undefined && isKpa && metric !== 'concurrency' && metric !== 'rps') {
    throw refusal(
      object,
      `${at}[${domain}metric]`,
      `is ${JSON.stringify(metric)}: it must be concurrency or rps.`,
    );
  }
}
