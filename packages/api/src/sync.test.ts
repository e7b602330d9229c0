import { expect, it } from 'vitest';
import { z } from 'zod';
import { appRouter } from './router.ts';
import { sync } from './sync.ts';

interface Definition {
  type: string;
  inputs: object[];
  output?: object;
}

it('every procedure has its schemas from here, where the document of the API looks for them', () => {
  const procedures = Object.entries(
    appRouter._def.procedures as unknown as Record<string, { _def: Definition }>, // as tRPC keeps them
  );
  for (const [name, { _def }] of procedures) {
    for (const input of _def.inputs) expect(input, name).toHaveProperty('schema');
    if (_def.type !== 'subscription') expect(_def.output, name).toHaveProperty('schema');
  }
});

it('a schema that waits for something is refused at its first use, and never half checked', () => {
  const waiting = z.string().refine(() => Promise.resolve(true));
  expect(() => sync(waiting).parse('x')).toThrow(z.core.$ZodAsyncError);
});
