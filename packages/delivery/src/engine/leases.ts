import type { DeliveryReason } from '@interview-webhooks/schema';
import type { EngineServices } from './engine-options.ts';

/** What this worker holds, from taking it up until it is recorded or given back. */
export interface Leases {
  readonly worker: string;
  count(): number;
  holds(deliveryId: string): boolean;
  hold(deliveryId: string): void;
  forget(deliveryId: string): void;
  /** When a lease that begins now ends. */
  end(): Date;
  /** Keeps everything that is held for another while. */
  renew(): Promise<void>;
  /** Lets other workers have deliveries, or this one again, from `dueAt` on. Without ids: all that is held. */
  giveBack(terms: { dueAt: Date; reason: DeliveryReason | null; ids?: readonly string[] }): Promise<void>;
}

/** @param leaseMs how long a delivery belongs to a worker that does not renew its lease */
export function createLeases({ database, now }: EngineServices, worker: string, leaseMs: number): Leases {
  const held = new Set<string>();
  const end = () => new Date(now().getTime() + leaseMs);
  return {
    worker,
    count: () => held.size,
    holds: (id) => held.has(id),
    hold: (id) => void held.add(id),
    forget: (id) => void held.delete(id),
    end,
    async renew() {
      if (held.size === 0) return;
      const mine = { _id: { $in: [...held] }, lease: worker };
      await database.deliveries.updateMany(mine, { $set: { dueAt: end() } });
    },
    async giveBack({ dueAt, reason, ids = [...held] }) {
      if (ids.length === 0) return;
      for (const id of ids) held.delete(id);
      await database.deliveries.updateMany(
        { _id: { $in: ids }, lease: worker },
        { $set: { state: 'pending', dueAt, reason }, $unset: { lease: 1 } },
      );
    },
  };
}
