import type { DeliveryDocument } from '@interview-webhooks/database';
import type { Job } from '../attempt/job.ts';
import type { Leases } from '../claim/leases.ts';
import type { PutOff, Relay } from './relay.ts';
import type { Unstored } from './unstored.ts';

export interface PutOffOptions {
  unstored: Pick<Unstored, 'take'>;
  relay: Pick<Relay, 'storePutOff'>;
  leases: Pick<Leases, 'giveBack'>;
}

/**
 * Leaves jobs of this worker to whoever comes first, from a time on: what is stored is given back, and what is not is stored.
 *
 * @param jobs none of them is being recorded
 */
export async function putOff(
  { unstored, relay, leases }: PutOffOptions,
  jobs: readonly Job[],
  terms: PutOff & { endpoint?: string },
): Promise<void> {
  const stored: DeliveryDocument[] = [];
  const storing = jobs.map(async (job) => {
    const event = await unstored.take(job);
    if (event) await relay.storePutOff(job, event, terms);
    else stored.push(job.delivery);
  });
  await Promise.all(storing);
  await leases.giveBack({ ...terms, deliveries: stored });
}
