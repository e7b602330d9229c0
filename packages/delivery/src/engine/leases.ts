import type { DeliveryReason } from '@interview-webhooks/schema';
import type { EngineServices } from './engine-options.ts';

/** What this worker holds, from taking it up until it is recorded or given back. */
export interface Leases {
  readonly worker: string;
  count(): number;
  holds(deliveryId: string): boolean;
  /** @param until when its lease ends */
  hold(deliveryId: string, until: Date): void;
  /** Whether it is held and cannot be another worker's by now. */
  isCurrent(deliveryId: string): boolean;
  forget(deliveryId: string): void;
  /** When a lease that begins now ends. */
  end(): Date;
  /** Keeps everything that is held for another while. */
  renew(): Promise<void>;
  /** Lets other workers have deliveries, or this one again. */
  giveBack(terms: GiveBack): Promise<void>;
}

interface GiveBack {
  /** From then on. */
  dueAt: Date;
  reason: DeliveryReason | null;
  /** All that is held unless given. */
  ids?: readonly string[];
  /** The endpoint of all of them, where that may be another one than is stored. */
  endpoint?: string;
}

/** @param leaseMs how long a delivery belongs to a worker that does not renew its lease */
export function createLeases({ database, now }: EngineServices, worker: string, leaseMs: number): Leases {
  /** The ends of leases, as far as known. */
  const held = new Map<string, Date>();
  const end = () => new Date(now().getTime() + leaseMs);
  return {
    worker,
    count: () => held.size,
    holds: (id) => held.has(id),
    hold: (id, until) => void held.set(id, until),
    isCurrent: (id) => (held.get(id)?.getTime() ?? 0) > now().getTime(),
    forget: (id) => void held.delete(id),
    end,
    async renew() {
      if (held.size === 0) return;
      const ids = [...held.keys()];
      const until = end();
      const mine = { _id: { $in: ids }, lease: worker };
      const { matchedCount } = await database.deliveries.updateMany(mine, { $set: { dueAt: until } });
      const kept =
        matchedCount === ids.length
          ? ids
          : (await database.deliveries.find(mine, { _id: 1 }).limit(ids.length).lean()).map(({ _id }) => _id);
      for (const id of kept) if (held.has(id)) held.set(id, until);
    },
    async giveBack({ dueAt, reason, endpoint, ids = [...held.keys()] }) {
      if (ids.length === 0) return;
      for (const id of ids) held.delete(id);
      await database.deliveries.updateMany(
        { _id: { $in: ids }, lease: worker },
        {
          $set: { state: 'pending', dueAt, reason, ...(endpoint !== undefined && { endpoint }) },
          $unset: { lease: 1 },
        },
      );
    },
  };
}
