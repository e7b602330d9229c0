import { permission } from '../breaker/breaker.ts';
import type { EndpointHealth } from '../breaker/endpoint-health.ts';
import type { Saturated } from '../schedule/capacity.ts';
import type { Scheduler } from '../schedule/scheduler.ts';
import { claimDue, type Claimed } from './claim-due.ts';
import type { Due, DueSearch } from './due-search.ts';
import type { EngineOptions } from '../engine/engine-options.ts';
import { type Job, type Prepared, prepareStored } from '../attempt/job.ts';
import type { Leases } from './leases.ts';

const BATCH = 500;
/** So far goes one search past what is saturated; the next one goes on from there. */
const STEPS = 10;

export interface Claiming {
  options: Pick<EngineOptions, 'services' | 'log'>;
  search: DueSearch;
  health: EndpointHealth;
  leases: Leases;
  schedule: Pick<Scheduler<Job>, 'capacity' | 'saturated' | 'admission'>;
  take: (job: Job) => void;
  isStopped: () => boolean;
}

/** Fetches what is due, as much as there is room for. */
export function createClaiming({ options, search, health, leases, schedule, take, isStopped }: Claiming) {
  const { services } = options;

  const claimOf = async (due: readonly Due[]): Promise<Claimed> => {
    const claimed = await claimDue({ services, health, leases, admit: schedule.admission() }, due);
    for (const job of await jobsOf({ options, health, leases }, claimed)) take(job);
    return claimed;
  };

  const isSaturated = ({ workspaceIds, origins, endpoints }: Saturated) =>
    workspaceIds.length + origins.length + endpoints.length > 0;

  return {
    /** @returns whether something may have been left for want of room */
    async claim(): Promise<boolean> {
      while (!isSaturated(schedule.saturated())) {
        const limit = Math.min(schedule.capacity(), BATCH);
        if (limit === 0 || isStopped()) return true;
        const due = await search.oldest(services.now(), limit);
        const { left } = await claimOf(due);
        if (due.length < limit) return left;
        if (left) break;
      }
      for (let step = 1; step <= STEPS; step++) {
        const limit = Math.min(schedule.capacity(), BATCH);
        if (limit === 0 || isStopped()) return true;
        const due = await search.next(services.now(), limit, schedule.saturated());
        if (!due) break;
        await claimOf(due);
      }
      return true;
    },
  };
}

type Preparing = Pick<Claiming, 'options' | 'health' | 'leases'>;

/** What is won and can be sent. What goes elsewhere than when it was last looked at is judged by where it goes. */
async function jobsOf(preparing: Preparing, { won, failing }: Claimed): Promise<Job[]> {
  const prepared = await prepareStored(preparing.options, won);
  const moved = prepared.filter(({ delivery, place }) => delivery.endpoint !== place.endpoint);
  const failingThere = await preparing.health.read(moved.map(({ place }) => place.endpoint));
  const putOff = new Set<Prepared>();
  for (const entry of moved) if (await isPutOff(preparing, entry, failingThere)) putOff.add(entry);
  return prepared
    .filter((entry) => !putOff.has(entry))
    .map((entry) => {
      const endpoints = [entry.delivery.endpoint, entry.place.endpoint];
      const isKnownToFail = endpoints.some((endpoint) => failing.has(endpoint) || failingThere.has(endpoint));
      return { ...entry, isKnownToFail };
    });
}

/** Gives a delivery back, under the endpoint that it goes to, where that one's breaker has to be asked first. */
async function isPutOff(
  { options, leases }: Preparing,
  { delivery, place: { endpoint } }: Prepared,
  failing: Claimed['failing'],
): Promise<boolean> {
  const at = options.services.now();
  const state = failing.get(endpoint);
  if (delivery.trigger === 'manual' || permission(state, at) === 'all') return false;
  const dueAt = state?.openUntil ?? at;
  await leases.giveBack({ deliveries: [delivery], dueAt, reason: 'endpoint-failing', endpoint });
  return true;
}
