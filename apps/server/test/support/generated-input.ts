import fc from 'fast-check';
import type { JsonSchema } from '../../src/http/openapi/json-schemas.ts';

export interface InputOptions {
  /** What a `$ref` leads to. */
  resolve: (ref: string) => JsonSchema;
  /** Values that exist, by the name of their field: with them a request gets further than to a 404. */
  known: Readonly<Record<string, readonly string[]>>;
  /** Whether such a field has nothing else. */
  onlyKnown?: boolean;
  /** Where webhooks may go to. */
  receiver: string;
}

/** Values that a JSON Schema describes; rules that it has no words for may still refuse them. */
export function described(schema: JsonSchema, options: InputOptions): fc.Arbitrary<unknown> {
  const { $ref, anyOf, type } = schema;
  if ($ref !== undefined) return described(options.resolve($ref), options);
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  if (Array.isArray(anyOf)) return fc.oneof(...(anyOf as JsonSchema[]).map((one) => described(one, options)));
  if (Array.isArray(type))
    return fc.oneof(...type.map((one: string) => described({ ...schema, type: one }, options)));
  switch (type) {
    case 'object':
      return object(schema, options);
    case 'array':
      return fc.array(described(schema['items'] as JsonSchema, options), { maxLength: 3 });
    case 'string':
      return string(schema, options);
    case 'integer':
      return fc.integer(range(schema));
    case 'number':
      return fc.double({ ...range(schema), noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      throw new Error(`nobody has said how to make a ${JSON.stringify(schema)}`);
  }
}

function range(schema: JsonSchema): { min: number; max: number } {
  const { minimum = -1e6, maximum = 1e6 } = schema as { minimum?: number; maximum?: number }; // as the standard says
  return { min: minimum, max: maximum };
}

function object(schema: JsonSchema, options: InputOptions): fc.Arbitrary<unknown> {
  const { properties, required = [], additionalProperties, propertyNames } = schema;
  if (properties) {
    const fields = Object.entries(properties).map(([name, field]) => [name, fieldOf(name, field, options)]);
    return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, {
      requiredKeys: required,
    });
  }
  const names = string((propertyNames ?? {}) as JsonSchema, options);
  return fc.dictionary(names, described(additionalProperties as JsonSchema, options), { maxKeys: 3 });
}

function fieldOf(name: string, schema: JsonSchema, options: InputOptions): fc.Arbitrary<unknown> {
  const known = options.known[name] ?? [];
  const other = described(schema, options);
  if (known.length === 0) return other;
  const weight = options.onlyKnown ? 0 : 1;
  return fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...known) }, { weight, arbitrary: other });
}

const fourDigitYears = {
  noInvalidDate: true,
  min: new Date('1900-01-01T00:00:00Z'),
  max: new Date('2999-12-31T00:00:00Z'),
};

const addresses = [
  'ada@example.com',
  'd&d@example.com',
  'jörg@münchen.example',
  '"a b"@xn--mnchen-3ya.example',
];

function string(schema: JsonSchema, { receiver }: InputOptions): fc.Arbitrary<string> {
  const { minLength = 0, maxLength = 40 } = schema as { minLength?: number; maxLength?: number }; // as the standard says
  if (schema['format'] === 'date-time') return fc.date(fourDigitYears).map((date) => date.toISOString());
  if (schema['format'] === 'idn-email') return fc.oneof(fc.constantFrom(...addresses), fc.emailAddress());
  if (schema['format'] === 'uri') return fc.nat(9).map((number) => `${receiver}/${number}`);
  if (typeof schema['pattern'] === 'string') return fc.stringMatching(new RegExp(schema['pattern']));
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.min(maxLength, 40) });
}

const junk = fc.oneof(
  fc.constantFrom<unknown>(null, '', ' ', 0, -1, 1e300, true, [], {}, '\u0000', '\ud800', { $gt: '' }),
  fc.jsonValue({ maxDepth: 1 }),
  fc.string({ minLength: 300, maxLength: 3000 }),
);

/** A value that was described, with one thing in it spoilt: of another type, a field too few or too many. */
export function spoilt(good: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(good, fc.nat(), junk, fc.constantFrom('replace', 'remove', 'add'))
    .map(([value, at, other, how]) => {
      const places = placesIn(value);
      const place = places[at % Math.max(places.length, 1)];
      if (!place || typeof value !== 'object' || value === null) return other;
      const copy: unknown = structuredClone(value);
      const [key, holder] = [
        place.at(-1) ?? '',
        place.slice(0, -1).reduce(inside, copy) as Record<string, unknown>,
      ]; // has the key
      if (how === 'remove') Reflect.deleteProperty(holder, key);
      else holder[how === 'add' ? `${key}_` : key] = other;
      return copy;
    });
}

/** The way to every value inside of `value`, key by key. */
function placesIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, held]) => [
    [key],
    ...placesIn(held).map((deeper) => [key, ...deeper]),
  ]);
}

function inside(value: unknown, key: string): unknown {
  return (value as Record<string, unknown>)[key]; // placesIn has been there
}
