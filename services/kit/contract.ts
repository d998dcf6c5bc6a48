import Type, {type Static, type TSchema} from 'typebox';
import Schema, {type Validator} from 'typebox/schema';
import {knownOf} from './known.ts';

/** What a contract says of its events. */
export interface ContractTerms<TypeName extends string = string, Schema extends TSchema = TSchema> {
  /** The CloudEvents `type`: `com.dip.<domain>.<action>`, an action in the past tense. */
  readonly type: TypeName;
  /** `<major>.<minor>`. A compatible change raises the minor; a breaking one is a new major and an upcaster. */
  readonly version: string;
  /** The CloudEvents `dataschema`: `urn:dip:<type>:<major>.<minor>`. */
  readonly dataschema: string;
  /** One sentence in the domain's words. */
  readonly description: string;
  readonly schema: Schema;
  readonly example: Static<Schema>;
  /** What the blobs hold that the example names, by their names: JSON, or a text. */
  readonly words: Readonly<Record<string, unknown>>;
  /** Older majors, each with the function that turns its data into the next one's. */
  readonly upcasters: Readonly<Record<number, (data: unknown) => unknown>>;
  /** What is wrong with some data, one sentence a fault; empty when it fits. */
  readonly faults: (data: unknown) => string[];
  /** The data without members that the contract does not name, at any depth, as a newer minor may have them. */
  readonly known: (data: unknown) => unknown;
}

/**
 * A contract: one type of event, what its data looks like, and one valid example.
 *
 * Calling it makes a draft, which is data that the compiler has checked; the kit turns a draft into an event.
 * The example, with the words that it names, is the documentation, the default of `dip event send`, the fixture of the
 * tests, and what an image's build has the services handle.
 */
export interface Contract<TypeName extends string = string, Schema extends TSchema = TSchema>
  extends ContractTerms<TypeName, Schema> {
  (data: Static<Schema>): Draft<TypeName, Static<Schema>>;
}

/** Whether a value, such as what a module of contracts exports, is a contract. */
export function isContract(value: unknown): value is Contract {
  return typeof value === 'function' && 'dataschema' in value && 'faults' in value;
}

/** A fact that has not happened yet: a contract's type and data that fit it. */
export interface Draft<TypeName extends string = string, Data = unknown> {
  readonly contract: ContractTerms<TypeName>;
  readonly data: Data;
}

/** The data of a contract's events. */
export type DataOf<C> = C extends Contract<string, infer Schema> ? Static<Schema> : never;

/** The draft that a contract makes. */
export type DraftOf<C> =
  C extends Contract<infer TypeName, infer Schema> ? Draft<TypeName, Static<Schema>> : never;

export interface ContractOptions<Schema extends TSchema> {
  description: string;
  schema: Schema;
  example: Static<Schema>;
  /** What the blobs hold that the example names, by their names: JSON, or a text as it is. (Default: it names none) */
  words?: Readonly<Record<string, unknown>>;
  /** Data of major N to data of major N + 1. Default: none. */
  upcasters?: Record<number, (data: unknown) => unknown>;
}

/** The types that this process declares contracts for: all that it can tell apart. */
export const declaredTypes = new Set<string>();

/**
 * Declares an event type.
 */
export function event<const TypeName extends string, Schema extends TSchema>(
  type: TypeName,
  version: string,
  options: ContractOptions<Schema>,
): Contract<TypeName, Schema> {
  const {description, schema, example, words = {}, upcasters = {}} = options;
  const terms: ContractTerms<TypeName, Schema> = {
    type,
    version,
    dataschema: `urn:dip:${type}:${version}`,
    description,
    schema,
    example,
    words,
    upcasters,
    faults: faultsOf(schema),
    known: (data) => knownOf(schema, data),
  };
  declaredTypes.add(type);
  // A service may spread what it heard into what it says: only what the contract names is taken over.
  return Object.assign((data: Static<Schema>) => ({contract: terms, data: knownOf(schema, data)}), terms);
}

/** A check for a schema, compiled when it is first used: most processes never see most types. */
export function faultsOf(schema: TSchema): (value: unknown) => string[] {
  return (value) => {
    const validator = validatorOf(schema);
    if (validator.Check(value)) return [];
    const [, errors] = validator.Errors(value);
    return errors.map((error) => {
      const where = error.instancePath === '' ? 'data' : `data${error.instancePath.replaceAll('/', '.')}`;
      return `${where} ${error.message}`;
    });
  };
}

/** Compiling takes a thousand times as long as checking, and some ask for the check of one schema over and over. */
const validators = new WeakMap<TSchema, Validator>();

function validatorOf(schema: TSchema): Validator {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const compiled = Schema.Compile(schema);
  validators.set(schema, compiled);
  return compiled;
}

export type {Static, TSchema};
export {Type};
