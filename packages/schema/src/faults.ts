import { closest, distance } from 'fastest-levenshtein';
import { z } from 'zod';

/** One thing that is wrong with a request: which field, and what to do about it. */
export const Fault = z.object({
  path: z.string().meta({ description: 'Dotted path of the field, empty for the whole body.' }),
  message: z.string().meta({ description: 'What is wrong and what to do, in plain words.' }),
});
export type Fault = z.infer<typeof Fault>;

/** The documented names a misspelt one may have meant. */
const knownNames = [
  'webhooks',
  'start',
  'submission',
  'auth',
  'updateAll',
  'status',
  'url',
  'type',
  'basic',
  'apikey',
  'username',
  'password',
  'header',
];

function unknownField(name: string): string {
  const guess = closest(name, knownNames);
  // Two slips of the finger are a misspelling; more is another word.
  const near = guess !== name && distance(name.toLowerCase(), guess.toLowerCase()) <= 2;
  return near ? `is not a known field; did you mean "${guess}"?` : 'is not a known field; leave it out';
}

/**
 * Every fault Zod found, one per field. Unknown keys are named one by one, so that a misspelt key is never
 * dropped in silence.
 */
export function faultsOf(error: z.core.$ZodError): Fault[] {
  return error.issues.flatMap((issue): Fault[] => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ path: [...path, key].join('.'), message: unknownField(key) }));
    }
    return [{ path: path.join('.'), message: issue.message }];
  });
}
