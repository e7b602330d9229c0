import type { z } from 'zod';

/**
 * Checks an address's parameters. One that is not what it should be counts as left out: an address that was typed
 * or cut short still opens its page.
 *
 * @param schema every parameter of it optional
 */
export function checkedSearch<Schema extends z.ZodObject>(
  schema: Schema,
  search: Readonly<Record<string, unknown>>,
): z.output<Schema> {
  const checked = schema.safeParse(search);
  if (checked.success) return checked.data;
  const faulty = new Set(checked.error.issues.map(({ path }) => path[0]));
  return schema.parse(Object.fromEntries(Object.entries(search).filter(([name]) => !faulty.has(name))));
}
