import type { Leases } from '../claim/leases.ts';
import type { Completions } from '../complete/completions.ts';
import type { Relay } from '../outbox/relay.ts';
import type { Unstored } from '../outbox/unstored.ts';
import type { Release } from '../schedule/scheduler.ts';
import { type Deliver, deliver } from './deliver.ts';
import type { Job } from './job.ts';

export interface RunAttempt {
  options: Deliver;
  leases: Pick<Leases, 'forget'>;
  unstored: Pick<Unstored, 'isMine' | 'take'>;
  relay: Pick<Relay, 'ended'>;
  completions: Pick<Completions, 'write'>;
  /** Whatever came of it, something may be due now. */
  onEnd: () => void;
}

/** Makes one attempt and records it. Never rejects: what cannot be recorded is sent again when its lease is over. */
export async function runAttempt(
  { options, leases, unstored, relay, completions, onEnd }: RunAttempt,
  job: Job,
  release: Release,
): Promise<void> {
  const { log } = options;
  const deliveryId = job.delivery._id;
  try {
    // This process may have stood still for longer than its lease, and another worker has sent it meanwhile.
    if (!(await unstored.isMine(job))) {
      log.info({ deliveryId }, 'a lease ran out before its attempt: left to who takes it up next');
      return;
    }
    const completion = await deliver(options, job);
    // The next one need not wait until this is recorded. After a failure it does: by then its breaker may be open.
    if (completion.received) release(completion.attempt?.timings.total_ms);
    await completions.write(completion);
  } catch (error) {
    log.error({ err: error, deliveryId }, 'an attempt could not be made or recorded');
  } finally {
    await unstored.take(job);
    relay.ended(deliveryId);
    leases.forget(deliveryId);
    onEnd();
  }
}
