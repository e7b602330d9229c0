import { z } from 'zod';

/** One thing that is wrong with a request: which field, and what to do about it. */
export const Fault = z.object({
  path: z.string().meta({ description: 'Dotted path of the field, empty for the whole body.' }),
  message: z.string().meta({ description: 'What is wrong and what to do, in plain words.' }),
});
export type Fault = z.infer<typeof Fault>;

/** The most faults that one answer lists; of what is beyond it only says that there is more. */
export const MAX_FAULTS = 100;

/**
 * Every fault Zod found, one per field. Unknown keys are named one by one, so that a misspelt key is never
 * dropped in silence.
 */
export function faultsOf(error: z.core.$ZodError): Fault[] {
  return error.issues.flatMap((issue): Fault[] => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      // One line a key: see plainWords.
      const lines = issue.message.split('\n');
      return issue.keys.map((key, index) => ({
        path: [...path, key].join('.'),
        message: lines[index] ?? issue.message,
      }));
    }
    return [{ path: path.join('.'), message: issue.message }];
  });
}
