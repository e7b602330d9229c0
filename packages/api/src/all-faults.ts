import { type Fault, faultsOf } from '@interview-webhooks/schema';
import type { z } from 'zod';

/**
 * Every fault of `raw` at once, also those that only show in an input of the right shape: what is faulty is
 * taken out and the rest is looked at again, at last by `rules` that depend on what is stored.
 *
 * @param rules the faults of an input that the schema accepts
 */
export async function allFaults<Schema extends z.ZodType>(
  schema: Schema,
  raw: unknown,
  rules: (input: z.output<Schema>) => Promise<Fault[]>,
): Promise<Fault[]> {
  const faults: Fault[] = [];
  // A fault above or below one already reported is an echo of it: the field was taken out by ourselves.
  const add = (found: readonly Fault[]) => {
    for (const fault of found) if (!faults.some(related(fault))) faults.push(fault);
  };
  const rest: unknown = structuredClone(raw);
  for (;;) {
    const parsed = await schema.safeParseAsync(rest);
    if (parsed.success) {
      add(await rules(parsed.data));
      return faults;
    }
    const found = faultsOf(parsed.error);
    add(found);
    const removed = found.filter(({ path }) => remove(rest, path.split('.')));
    if (removed.length === 0) return faults;
  }
}

function related({ path }: Fault) {
  return (other: Fault) =>
    path === other.path || other.path === '' || isBelow(path, other.path) || isBelow(other.path, path);
}

function isBelow(path: string, above: string): boolean {
  return path.startsWith(`${above}.`);
}

/** Removes what `path` leads to; false where there is nothing. */
function remove(value: unknown, [key, ...deeper]: string[]): boolean {
  if (key === undefined || typeof value !== 'object' || value === null || !Object.hasOwn(value, key))
    return false;
  if (deeper.length === 0) return Reflect.deleteProperty(value, key);
  return remove((value as Record<string, unknown>)[key], deeper); // an object, and it has the key
}
