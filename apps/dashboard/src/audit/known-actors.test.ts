import { expect, test } from 'vitest';
import { knownActors } from './known-actors.ts';

const keys = [
  { api_key_id: '2', name: 'Owner' },
  { api_key_id: '1', name: 'ATS' },
];

test('each key is there once, by its name, and the system last', () => {
  const shown = [
    { type: 'dashboard', id: '2', name: 'Owner' },
    { type: 'api_key', id: '3', name: 'Gone' },
    { type: 'system', id: null, name: 'System' },
  ] as const;
  expect(knownActors(keys, shown, '2')).toEqual([
    { value: '1', label: 'ATS' },
    { value: '3', label: 'Gone' },
    { value: '2', label: 'Owner' },
    { value: 'system', label: 'The system' },
  ]);
});

test('what the address asks for can be seen, also where nobody knows its name', () => {
  expect(knownActors([], [], '9')).toEqual([
    { value: '9', label: 'One API key' },
    { value: 'system', label: 'The system' },
  ]);
  expect(knownActors([], [], 'system')).toEqual([{ value: 'system', label: 'The system' }]);
});
