import { z } from 'zod';

/** One thing that is wrong with a request: which field, and what to do about it. */
export const Fault = z.object({
  path: z.string().meta({ description: 'Dotted path of the field, empty for the whole body.' }),
  message: z.string().meta({ description: 'What is wrong and what to do, in plain words.' }),
});
export type Fault = z.infer<typeof Fault>;

/** The most faults that one answer lists; of what is beyond it only says that there is more. */
export const MAX_FAULTS = 100;

/** A fault with the way to its field, key by key: a key may have a dot in it. */
export interface LocatedFault {
  keys: readonly string[];
  message: string;
}

/** For an unknown field where nobody looked for the one that was meant. */
export const UNKNOWN_FIELD = 'is not a known field; leave it out';

/**
 * Every fault Zod found, one per field. Unknown keys are named one by one, so that a misspelt key is never
 * dropped in silence.
 */
export function locatedFaults(error: z.core.$ZodError): LocatedFault[] {
  return error.issues.flatMap((issue): LocatedFault[] => {
    const path = issue.path.map(String);
    if (issue.code !== 'unrecognized_keys') return [{ keys: path, message: issue.message }];
    // One line a key, of the first ones: see plainWords.
    const lines = issue.message.split('\n');
    return issue.keys.map((key, index) => ({ keys: [...path, key], message: lines[index] ?? UNKNOWN_FIELD }));
  });
}

/** {@link locatedFaults} for an answer, no more than {@link MAX_FAULTS} and one that says that there are more. */
export function faultsOf(error: z.core.$ZodError): Fault[] {
  return locatedFaults(error)
    .slice(0, MAX_FAULTS + 1)
    .map(({ keys, message }) => ({ path: keys.join('.'), message }));
}
