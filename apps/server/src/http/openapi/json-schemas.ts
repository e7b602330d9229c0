import * as published from '@interview-webhooks/schema';
import { z } from 'zod';

/** A JSON Schema 2020-12, as OpenAPI 3.1 has them. */
export interface JsonSchema {
  $ref?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  [keyword: string]: unknown;
}

/** JSON Schemas of Zod schemas. What `packages/schema` has a name for is referred to by it. */
export interface JsonSchemas {
  /** What `schema` describes, for the wire. */
  of(schema: z.ZodType, io: 'input' | 'output'): JsonSchema;
  /** What a schema stands for where it only refers to another one. */
  open(schema: JsonSchema): JsonSchema;
  /** Those that `document` refers to, by name, and those that they refer to. */
  usedBy(document: unknown): Record<string, JsonSchema>;
}

const PREFIX = '#/components/schemas/';

export function jsonSchemas(): JsonSchemas {
  const named = { input: generate('input'), output: generate('output') };
  const byName: Record<string, JsonSchema> = {};
  const find = (name: string) => byName[name] ?? fail(`there is no schema ${name}`);

  const adopt = (schema: JsonSchema, io: 'input' | 'output') => {
    for (const name of namesIn(schema)) {
      const found = named[io][name] ?? fail(`there is no schema ${name}`);
      const known = byName[name];
      if (known && JSON.stringify(known) !== JSON.stringify(found)) {
        throw new Error(`${name} is not the same in requests and in answers; give one of them another name`);
      }
      byName[name] = found;
      if (!known) adopt(found, io);
    }
  };
  return {
    of: (schema, io) => {
      const json = refOrSchema(schema, io);
      adopt(json, io);
      return json;
    },
    open: function open(schema): JsonSchema {
      return schema.$ref === undefined ? schema : open(find(schema.$ref.slice(PREFIX.length)));
    },
    usedBy: (document) => {
      const used = new Set<string>();
      const follow = (value: unknown) => {
        for (const name of namesIn(value)) {
          if (used.has(name)) continue;
          used.add(name);
          follow(find(name));
        }
      };
      follow(document);
      return Object.fromEntries([...used].sort().map((name) => [name, find(name)]));
    },
  };
}

function refOrSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  // A default for the whole input says no more than that each field has one.
  if (schema instanceof z.ZodPrefault) return refOrSchema(schema.unwrap() as z.ZodType, io); // prefault of a ZodType
  const [name] = Object.entries(published).find(([, value]) => value === schema) ?? [];
  if (name !== undefined) return { $ref: PREFIX + name };
  return generate(io, schema)[UNNAMED] ?? fail('a schema was not generated');
}

const UNNAMED = 'unnamed';

/** Every named schema, and `more` if given. */
function generate(io: 'input' | 'output', more?: z.ZodType): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, value] of Object.entries(published)) {
    if (value instanceof z.ZodType) registry.add(value, { id });
  }
  if (more) registry.add(more, { id: UNNAMED });
  const { schemas } = z.toJSONSchema(registry, {
    io,
    uri: (id) => PREFIX + id,
    // Of the named ones some are for one direction only; what they are in the other is never used.
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      tidy(jsonSchema);
      // New fields may come in answers; a caller that checks them strictly must not break then.
      const { def } = zodSchema._zod;
      if (io === 'output' && def.type === 'object' && !def.catchall) delete jsonSchema.additionalProperties;
    },
  });
  for (const schema of Object.values(schemas)) {
    delete schema.$schema;
    delete schema.$id;
  }
  return schemas as Record<string, JsonSchema>; // Zod's type for the same thing
}

/** Leaves out what says nothing to a reader. */
function tidy(schema: z.core.JSONSchema.BaseSchema): void {
  // The format says it; the expression behind it fills a line.
  if (schema.format === 'date-time') delete schema.pattern;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
}

function namesIn(value: unknown): string[] {
  const refs = JSON.stringify(value).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g);
  return [...refs].map(([, name = '']) => name);
}

function fail(message: string): never {
  throw new Error(message);
}
