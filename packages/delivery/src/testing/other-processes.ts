import { recordStart } from '@interview-webhooks/domain';
import { defaultOptions } from '../engine/engine-options.ts';
import { configure, type DeliveryWorld, invitation } from './delivery-world.ts';

/** As in production: the world's own are for tests that move its clock. */
const { pollMs, waitingPollMs, idlePollMs } = defaultOptions;
export const atTheirPace = { pollMs, waitingPollMs, idlePollMs };

/** Records, and sends nothing. */
const holdsNothing = { limits: { ...defaultOptions.limits, held: 0 } };

/** An AI interview's webhook to `target`, with its events recorded by a process that sends nothing itself. */
export async function recording(world: DeliveryWorld, target: { url: string }) {
  const context = await world.workspace(world.engine(holdsNothing));
  await configure(context, { start: { status: true, url: target.url } });
  return async () => recordStart(context, await invitation(context));
}
