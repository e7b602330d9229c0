import { appRouter } from '@interview-webhooks/api';
import { expect, it } from 'vitest';
import { repetitionOf, repetitions } from '../src/repetition.ts';

// The router keeps its procedures under their full names; its types only know the nested form.
const procedures = Object.entries(appRouter._def.procedures) as unknown as [
  string,
  { _def: { type: 'query' | 'mutation' } },
][];

it('every mutation of the router is judged, and nothing else is', () => {
  const mutations = procedures.filter(([, { _def }]) => _def.type === 'mutation').map(([name]) => name);
  expect(Object.keys(repetitions).sort()).toEqual(mutations.sort());
});

it('every query may be repeated, and a mutation of a newer server may not', () => {
  for (const [name, { _def }] of procedures) {
    if (_def.type === 'query') expect(repetitionOf('query', name)).toBe('same');
  }
  expect(repetitionOf('mutation', 'interviews.archive')).toBe('again');
  expect(repetitionOf('mutation', 'toString')).toBe('again');
});
