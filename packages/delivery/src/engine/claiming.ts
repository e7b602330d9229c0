import type { EndpointHealth } from '../breaker/endpoint-health.ts';
import { claimDue, type Claimed } from './claim-due.ts';
import { type Crowded, createDueSearch, type Due } from './due-search.ts';
import type { EngineOptions } from './engine-options.ts';
import { type Job, prepareStored } from './job.ts';
import type { Place } from './lanes.ts';
import type { Leases } from './leases.ts';

const BATCH = 500;
/** So far goes one search past what is crowded; the next one goes on from there. */
const STEPS = 10;

export interface Claiming {
  options: Pick<EngineOptions, 'services' | 'log'>;
  health: EndpointHealth;
  leases: Leases;
  lanes: {
    room(): number;
    crowded(): Crowded;
    chooser(): (place: Place) => boolean;
  };
  take: (jobs: readonly Job[]) => void;
  isStopped: () => boolean;
}

/** Fetches what is due, as much as there is room for. */
export function createClaiming({ options, health, leases, lanes, take, isStopped }: Claiming) {
  const { services } = options;
  const search = createDueSearch(services.database);

  const claimOf = async (due: readonly Due[]): Promise<Claimed> => {
    const claimed = await claimDue({ services, health, leases, choose: lanes.chooser() }, due);
    take(await jobsOf(options, claimed));
    return claimed;
  };

  const isCrowded = ({ workspaceIds, endpoints }: Crowded) => workspaceIds.length + endpoints.length > 0;

  return {
    /** @returns whether something may have been left for want of room */
    async claim(): Promise<boolean> {
      while (!isCrowded(lanes.crowded())) {
        const limit = Math.min(lanes.room(), BATCH);
        if (limit === 0 || isStopped()) return true;
        const due = await search.oldest(services.now(), limit);
        const { left } = await claimOf(due);
        if (due.length < limit) return left;
        if (left) break;
      }
      for (let step = 1; step <= STEPS; step++) {
        const limit = Math.min(lanes.room(), BATCH);
        if (limit === 0 || isStopped()) return true;
        const due = await search.next(services.now(), limit, lanes.crowded());
        if (!due) break;
        await claimOf(due);
      }
      return true;
    },
  };
}

async function jobsOf(options: Claiming['options'], { won, failing }: Claimed): Promise<Job[]> {
  const prepared = await prepareStored(options, won);
  return prepared.map((entry) => ({ ...entry, isKnownToFail: failing.has(entry.place.endpoint) }));
}
