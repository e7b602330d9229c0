import { expect, test } from 'vitest';
import { sortFaults } from './field-faults.ts';

const message = 'is wrong';

test('each fault goes to its field', () => {
  const faults = [
    { path: 'webhooks.start.url', message },
    { path: 'webhooks.auth.basic.password', message },
  ];
  expect(sortFaults(faults, 'basic')).toEqual({
    fields: [
      { field: 'start.url', message },
      { field: 'auth.basic.password', message },
    ],
    rest: [],
  });
});

test("the other spelling of a header's name and value are the same fields", () => {
  const faults = [
    { path: 'webhooks.auth.apikey.key', message },
    { path: 'webhooks.auth.apikey.value', message },
  ];
  expect(sortFaults(faults, 'apikey').fields.map(({ field }) => field)).toEqual([
    'auth.apikey.header',
    'auth.apikey.apikey',
  ]);
});

test('a fault of a field that is not on the screen is not hidden with it', () => {
  const fault = { path: 'webhooks.auth.basic.password', message };
  expect(sortFaults([fault], 'apikey')).toEqual({ fields: [], rest: [fault] });
});

test.each(['', 'webhooks', 'updateAll', 'constructor'])('a fault of %j belongs to no field', (path) => {
  expect(sortFaults([{ path, message }], 'none')).toEqual({ fields: [], rest: [{ path, message }] });
});
