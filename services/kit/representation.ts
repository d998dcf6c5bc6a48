import {faultsOf, type Static, type TSchema} from './contract.ts';

/**
 * What a front door answers, as JSON (a representation, RFC 9110 §3.2): its shape and an example, one value. The
 * service that answers, `dip` and the page take their types from it, so a renamed member is an error at all of them.
 */
export interface Representation<Schema extends TSchema = TSchema> {
  /** One or two words, such as `document`. */
  readonly name: string;
  /** One sentence in the domain's words. */
  readonly description: string;
  readonly schema: Schema;
  readonly example: Static<Schema>;
  /** What is wrong with an answer, one sentence a fault; empty when it fits. */
  readonly faults: (answer: unknown) => string[];
}

/** What a representation's answers look like. */
export type Represented<R> = R extends Representation<infer Schema> ? Static<Schema> : never;

/** Declares what a front door answers. */
export function representation<Schema extends TSchema>(
  name: string,
  options: {description: string; schema: Schema; example: Static<Schema>},
): Representation<Schema> {
  return {name, ...options, faults: faultsOf(options.schema)};
}
