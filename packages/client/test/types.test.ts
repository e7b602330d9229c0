import { describe, expectTypeOf, it } from 'vitest';
import {
  type Client,
  createClient,
  problemOf,
  type RouterInputs,
  type RouterOutputs,
  verifyWebhook,
  type WebhookEvent,
} from '../src/index.ts';

// Checked by the compiler (`pnpm run typecheck`); nothing of this is called.
const client = createClient({ url: 'http://127.0.0.1:9', apiKey: 'none' });

describe('the typed client', () => {
  it('knows every procedure by its name and kind', () => {
    expectTypeOf(client).toEqualTypeOf<Client>();
    expectTypeOf(client.settings).toHaveProperty('webhookSettings');
    expectTypeOf(client.settings).not.toHaveProperty('webhookSetings');
    expectTypeOf(client).not.toHaveProperty('setings');
    expectTypeOf(client.interviews.create).toHaveProperty('mutate');
    expectTypeOf(client.interviews.create).not.toHaveProperty('query');
    // The dashboard's session is nothing for an API key.
    expectTypeOf(client).not.toHaveProperty('session');
  });

  it('knows every input', () => {
    expectTypeOf(client.responses.invite.mutate)
      .parameter(0)
      .toEqualTypeOf<RouterInputs['responses']['invite']>();
    expectTypeOf(client.interviews.get.query).parameter(0).toEqualTypeOf<{ ai_interview_id: string }>();
    const calls = {
      // @ts-expect-error A field is missing.
      missing: () => client.interviews.get.query({}),
      // @ts-expect-error A field is of another type.
      wrongType: () => client.interviews.get.query({ ai_interview_id: 7 }),
      unknown: () =>
        // @ts-expect-error There is no such field.
        client.settings.updateWebhookSettings.mutate({ webhooks: { submision: { status: true } } }),
      // @ts-expect-error Not one of the values.
      value: () => client.deliveries.list.query({ state: 'lost' }),
      right: () => client.deliveries.list.query({ state: 'failed', limit: 5 }),
    };
    expectTypeOf(calls.right).returns.resolves.toHaveProperty('data');
  });

  it('knows every output', () => {
    expectTypeOf(client.interviews.count.query).returns.resolves.toEqualTypeOf<{ count: number }>();
    expectTypeOf<RouterOutputs['deliveries']['get']['state']>().toEqualTypeOf<
      'pending' | 'delivering' | 'delivered' | 'failed' | 'cancelled'
    >();
    // A secret never comes out.
    expectTypeOf<
      RouterOutputs['settings']['webhookSettings']['webhooks']['auth']['basic']['password']
    >().toEqualTypeOf<null>();
  });
});

it('a problem has its code and its faults', () => {
  const problem = problemOf(new Error('none'));
  expectTypeOf(problem).not.toBeAny();
  expectTypeOf<'rate-limited'>().toExtend<NonNullable<typeof problem>['code']>();
  expectTypeOf(problem?.errors).toEqualTypeOf<{ path: string; message: string }[] | undefined>();
});

it('an event is told by its name', () => {
  expectTypeOf(verifyWebhook).returns.resolves.toEqualTypeOf<WebhookEvent>();
  const event = {} as WebhookEvent; // never looked at
  if (event.event === 'ai_interview.submission') expectTypeOf(event.submitted_at).toEqualTypeOf<string>();
  // @ts-expect-error A start has no result.
  if (event.event === 'ai_interview.start') expectTypeOf(event.score).toBeNever();
});
