import type { Principal } from '@interview-webhooks/domain';
import type { Scope } from '@interview-webhooks/schema';
import { describe, expect, it } from 'vitest';
import type { ApiContext } from './context.ts';
import { callProcedure, type ProcedureName } from './procedures.ts';
import { problemOf } from './problems.ts';

/** Only what is asked for before the use case is. */
function contextWith(parts: Partial<ApiContext>): ApiContext {
  return { answerByMs: performance.now() + 60_000, ...parts } as ApiContext;
}

function principalWith(scope: Scope): Principal {
  const actor = { type: 'api_key', id: 'k', name: 'n' } as const;
  return { workspaceId: 'w', apiKeyId: 'k', actor, scopes: [scope], askedAt: 1 };
}

async function problemFrom(name: ProcedureName, context: ApiContext) {
  const error: unknown = await callProcedure(name, context, {}).catch((thrown: unknown) => thrown);
  return problemOf(error, 'r1').problem;
}

const names = {
  bounded: 'settings.webhookSettings',
  'with bounds of its own': 'settings.test',
  'a subscription': 'deliveries.live',
} as const;

describe.each(Object.entries(names))('a call that is %s', (_kind, name) => {
  it('does not wait for a key that is not found in time', async () => {
    const authenticate = () => new Promise<Principal>(() => undefined);
    const context = contextWith({ authenticate, answerByMs: performance.now() });
    expect(await problemFrom(name, context)).toMatchObject({ status: 503, code: 'service-unavailable' });
  });

  it('is refused to who lacks its scope, and leaves nobody in the context', async () => {
    const context = contextWith({ authenticate: () => Promise.resolve(principalWith('audit:read')) });
    expect(await problemFrom(name, context)).toMatchObject({ status: 403, code: 'missing-scope' });
    expect(context).not.toHaveProperty('workspaceId');
  });
});

it('a response that a call is about is read while it is found out who asks', async () => {
  const asked: unknown[] = [];
  const context = contextWith({
    expectResponse: (id) => asked.push(id),
    authenticate: () => {
      asked.push('who');
      return Promise.reject(new Error('nobody'));
    },
  });
  const call = (name: ProcedureName, input: unknown) => callProcedure(name, context, input);
  await expect(call('responses.start', { response_id: 'r' })).rejects.toThrow();
  await expect(call('responses.submit', 'no object')).rejects.toThrow();
  await expect(call('deliveries.list', { response_id: 'r' })).rejects.toThrow();
  expect(asked).toEqual(['r', 'who', undefined, 'who', 'who']);
});

it('a stream is not answered by what was true at its beginning', async () => {
  const context = contextWith({ authenticate: () => Promise.resolve(principalWith('deliveries:read')) });
  await callProcedure('deliveries.live', context, {});
  expect(context).toMatchObject({ workspaceId: 'w', askedAt: undefined });
});
