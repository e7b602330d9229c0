import { type DeliveryDocument, located, type Located } from '@interview-webhooks/database';
import type { DeliveryReason } from '@interview-webhooks/schema';
import type { EngineServices } from '../engine/engine-options.ts';

/** What this worker holds, from taking it up until it is recorded or given back. */
export interface Leases {
  readonly worker: string;
  count(): number;
  holds(deliveryId: string): boolean;
  /** @param until when its lease ends */
  hold(delivery: Located<string>, until: Date): void;
  /** Whether it is held and cannot be another worker's by now. */
  isCurrent(deliveryId: string): boolean;
  forget(deliveryId: string): void;
  /** When a lease that begins now ends. */
  end(): Date;
  /** What is stored of a delivery that this worker takes up now. */
  taken(): { state: 'delivering'; lease: string; dueAt: Date };
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
  deliveries?: readonly Located<string>[];
  /** The endpoint of all of them, where that may be another one than is stored. */
  endpoint?: string;
}

interface Held extends Located<string> {
  /** The end of its lease, as far as known. */
  until: Date;
}

/** @param leaseMs how long a delivery belongs to a worker that does not renew its lease */
export function createLeases({ database, now }: EngineServices, worker: string, leaseMs: number): Leases {
  const held = new Map<string, Held>();
  const end = () => new Date(now().getTime() + leaseMs);
  /** Changes those that are still this worker's. @returns how many */
  const change = async (
    deliveries: readonly Located<string>[],
    update: { $set: Partial<DeliveryDocument>; $unset?: { lease: true } },
  ): Promise<number> => {
    const statements = database.statements.ofAll<DeliveryDocument>(deliveries, {
      filter: { lease: worker },
      update,
    });
    return (await database.direct.deliveries.bulkWrite(statements, { ordered: false })).matchedCount;
  };
  return {
    worker,
    count: () => held.size,
    holds: (id) => held.has(id),
    hold: ({ _id, workspaceId }, until) => void held.set(_id, { _id, workspaceId, until }),
    isCurrent: (id) => (held.get(id)?.until.getTime() ?? 0) > now().getTime(),
    forget: (id) => void held.delete(id),
    end,
    taken: () => ({ state: 'delivering', lease: worker, dueAt: end() }),
    async renew() {
      if (held.size === 0) return;
      const all = [...held.values()];
      const until = end();
      const matchedCount = await change(all, { $set: { dueAt: until } });
      const kept =
        matchedCount === all.length
          ? all
          : await database.deliveries
              .find({ ...located(all), lease: worker }, { _id: 1 })
              .hint({ _id: 1 })
              .limit(all.length)
              .lean();
      for (const { _id } of kept) {
        const lease = held.get(_id);
        if (lease) held.set(_id, { ...lease, until });
      }
    },
    async giveBack({ dueAt, reason, endpoint, deliveries = [...held.values()] }) {
      if (deliveries.length === 0) return;
      for (const { _id } of deliveries) held.delete(_id);
      await change(deliveries, {
        $set: { state: 'pending', dueAt, reason, ...(endpoint !== undefined && { endpoint }) },
        $unset: { lease: true },
      });
    },
  };
}
