import {lineWriter} from './line-writer.ts';
import {traceFields} from './telemetry/span.ts';

/** The names that every line has, and whatever else belongs to it; values are short and never a person's words. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** One JSON line to standard output, as log collectors on Kubernetes take it. */
export type Log = (level: 'info' | 'warn' | 'error', message: string, fields?: LogFields) => void;

/** A log whose every line names the service, and the trace that it was said in. */
export function logOf(service: string, write = lineWriter(1)): Log {
  return (level, message, fields = {}) => {
    write(
      JSON.stringify({time: new Date().toISOString(), level, service, message, ...traceFields(), ...fields}),
    );
  };
}
