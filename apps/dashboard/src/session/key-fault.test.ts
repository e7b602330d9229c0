import { expect, test } from 'vitest';
import { keyFault } from './key-fault.ts';

test('a refused key is a fault of the field', () => {
  expect(keyFault({ code: 'unauthenticated', faults: [] })).toMatch(/^is not valid/);
});

test('so is what the schema says about it', () => {
  expect(keyFault({ code: 'invalid-input', faults: [{ path: 'api_key', message: 'is required' }] })).toBe(
    'is required',
  );
});

test('anything else is not', () => {
  expect(keyFault({ code: 'rate-limited', faults: [] })).toBeNull();
});
