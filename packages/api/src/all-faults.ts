import { type Fault, type LocatedFault, locatedFaults, MAX_FAULTS } from '@interview-webhooks/schema';
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
  const reported = faultTree();
  const add = (found: readonly LocatedFault[]) => {
    for (const { keys, message } of found) {
      if (reported.add(keys)) faults.push({ path: keys.join('.'), message });
      // One more than an answer lists says that there are more.
      if (faults.length > MAX_FAULTS) return;
    }
  };
  const rest: unknown = structuredClone(raw);
  for (;;) {
    const parsed = await schema.safeParseAsync(rest);
    if (parsed.success) {
      // The rules name fields that the schema knows: none has a dot in it.
      add((await rules(parsed.data)).map(({ path, message }) => ({ keys: path.split('.'), message })));
      return faults;
    }
    const found = locatedFaults(parsed.error);
    add(found);
    if (faults.length > MAX_FAULTS) return faults;
    const removed = found.filter(({ keys }) => remove(rest, keys));
    if (removed.length === 0) return faults;
  }
}

interface Branch {
  branches: Map<string, Branch>;
  isReported: boolean;
}

/**
 * The fields that have a fault already. A fault above or below one of them is an echo of it: the field was taken out by
 * ourselves. A look costs as much as the way to the field is long, however many there are.
 */
function faultTree() {
  const root: Branch = { branches: new Map(), isReported: false };
  return {
    /** Whether `keys` leads to a field that has nothing to do with those before it, which it then is one of. */
    add: (keys: readonly string[]): boolean => {
      let branch = root;
      for (const key of keys) {
        if (branch.isReported) return false;
        const next = branch.branches.get(key) ?? { branches: new Map<string, Branch>(), isReported: false };
        branch.branches.set(key, next);
        branch = next;
      }
      // A fault of the whole input is told beside those of its fields.
      if (branch.isReported || (branch !== root && branch.branches.size > 0)) return false;
      branch.isReported = true;
      return true;
    },
  };
}

/** Removes what `keys` lead to; false where there is nothing. */
function remove(value: unknown, keys: readonly string[]): boolean {
  let holder = value;
  for (const key of keys.slice(0, -1)) {
    if (!hasKey(holder, key)) return false;
    holder = holder[key];
  }
  const last = keys.at(-1);
  return last !== undefined && hasKey(holder, last) && Reflect.deleteProperty(holder, last);
}

function hasKey<Key extends string>(value: unknown, key: Key): value is Record<Key, unknown> {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key);
}
