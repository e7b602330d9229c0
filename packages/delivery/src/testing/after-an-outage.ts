import {
  type Context,
  countDeliveries,
  createInterview,
  inviteCandidate,
  recordStart,
} from '@interview-webhooks/domain';
import { InviteCandidate } from '@interview-webhooks/schema';
import { receiver } from '@interview-webhooks/testing';
import type { DeliveryEngine } from '../engine/engine.ts';
import { configure, type DeliveryWorld } from './delivery-world.ts';

const HOUR_MS = 3_600_000;

interface Running {
  world: DeliveryWorld;
  engine: DeliveryEngine;
}

/** Candidates who started, a second apart. */
export async function started(
  { world, engine }: Running,
  context: Context,
  count: number,
): Promise<string[]> {
  const { ai_interview_id } = await createInterview(context, { ai_interview_name: 'Backend' });
  const ids: string[] = [];
  for (let made = 0; made < count; made++) {
    const invite = { candidate_name: 'Ada', candidate_email: `ada${made}@example.com`, ai_interview_id };
    const { response_id } = await inviteCandidate(context, InviteCandidate.parse(invite));
    await recordStart(context, { response_id });
    await engine.runDue();
    world.advance(1_000);
    ids.push(response_id);
  }
  return ids;
}

/** A workspace whose receiver was down until all retries were used up. */
export async function afterAnOutage({ world, engine }: Running, count: number) {
  const target = await receiver();
  const context = await world.workspace(engine);
  await configure(context, { start: { status: true, url: target.url } });
  target.answer = 500;
  const ids = await started({ world, engine }, context, count);
  // What waits for an endpoint that fails is tried one by one.
  while ((await countDeliveries(context, { state: 'pending' })).count !== 0) {
    world.advance(HOUR_MS);
    await engine.runDue();
  }
  target.answer = 200;
  const arrived = () => target.received.splice(0).map(({ headers }) => headers['webhook-id']);
  arrived();
  return { target, context, ids, arrived, [Symbol.asyncDispose]: () => target[Symbol.asyncDispose]() };
}
