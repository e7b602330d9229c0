import type { z } from 'zod';

type Params = Record<string, z.ZodType<string | undefined>>;

/**
 * Checks an address's search parameters. One that is not what it should be counts as left out: an address that
 * was typed or cut short still opens its page.
 *
 * @param shape the schema of each parameter, those of the API where it has one
 */
export function searchParams<Shape extends Params>(shape: Shape) {
  const entries = Object.entries(shape);
  return (given: Record<string, unknown>): { [Name in keyof Shape]?: z.output<Shape[Name]> } => {
    const valid = entries.flatMap(([name, schema]) => {
      const { data } = schema.safeParse(given[name]);
      return data === undefined || data === '' ? [] : [[name, data]];
    });
    // Each value came out of the schema of its name; TypeScript cannot follow that through entries.
    return Object.fromEntries(valid) as { [Name in keyof Shape]?: z.output<Shape[Name]> };
  };
}

/** All parameters are text, so that an address reads as it was meant: `?text=42`, not `?text=%2242%22`. */
export function parseSearch(search: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(search));
}

/** The counterpart of {@link parseSearch}; what is undefined is left out. */
export function stringifySearch(params: Record<string, unknown>): string {
  const given = Object.entries(params).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const text = new URLSearchParams(given).toString();
  return text && `?${text}`;
}
