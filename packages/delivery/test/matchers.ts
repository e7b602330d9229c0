import { expect } from 'vitest';

// Vitest types its matchers as `any`, which would make what surrounds them unchecked.
export const aNumber: unknown = expect.any(Number);
export const containing = (words: string): unknown => expect.stringContaining(words);
