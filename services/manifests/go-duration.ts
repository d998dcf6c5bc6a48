const millisecondsPer = new Map([
  ['ns', 1e-6],
  ['us', 1e-3],
  ['µs', 1e-3],
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

/** A duration as Knative Serving's annotations have it, such as `1m30s`, in milliseconds; undefined where it is none. */
export function goDurationMs(text: string): number | undefined {
  if (text === '0') return 0;
  if (!/^[-+]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|ms|s|m|h))+$/.test(text)) return undefined;
  let milliseconds = 0;
  for (const [, number = '', unit = ''] of text.matchAll(/([\d.]+)([a-zµ]+)/g)) {
    milliseconds += Number(number) * (millisecondsPer.get(unit) ?? 0);
  }
  return text.startsWith('-') ? -milliseconds : milliseconds;
}
