import type { DeliveryDocument } from '@interview-webhooks/database';
import type { EngineServices } from './engine-options.ts';

export interface Claim {
  /** The claiming worker. */
  worker: string;
  leaseMs: number;
  /** At most so many are looked at. */
  limit: number;
  /** Endpoints that can take no more at the moment. */
  exceptEndpoints: readonly string[];
  /** What this worker is at already; a lease of its own that ran out is not taken up twice. */
  exceptIds: readonly string[];
  /** Takes a slot for an endpoint if there is one. */
  takeSlot: (endpoint: string | null) => boolean;
  /** Gives a slot back: another worker was faster. */
  releaseSlot: (endpoint: string | null) => void;
}

export interface Claimed {
  /** How many there was a slot for. */
  picked: number;
  /** Those of them that are this worker's now. */
  won: DeliveryDocument[];
}

/**
 * Takes up deliveries that are due, the longest due first: retries, and what dead workers held. No more than there
 * are slots for.
 */
export async function claimDue({ database, now }: EngineServices, claim: Claim): Promise<Claimed> {
  const { worker, leaseMs, limit, exceptEndpoints, exceptIds, takeSlot, releaseSlot } = claim;
  const at = now();
  const due = { dueAt: { $lte: at } };
  const candidates = await database.deliveries
    .find({ ...due, endpoint: { $nin: exceptEndpoints }, _id: { $nin: exceptIds } }, { endpoint: 1 })
    .sort({ dueAt: 1 })
    .limit(limit)
    .lean();
  const picked = candidates.filter(({ endpoint }) => takeSlot(endpoint));
  if (picked.length === 0) return { picked: 0, won: [] };
  const won = await win();
  const wonIds = new Set(won.map(({ _id }) => _id));
  for (const { _id, endpoint } of picked) if (!wonIds.has(_id)) releaseSlot(endpoint);
  return { picked: picked.length, won };

  async function win(): Promise<DeliveryDocument[]> {
    const ids = picked.map(({ _id }) => _id);
    const leasedUntil = new Date(at.getTime() + leaseMs);
    try {
      // Still due: of two workers that found the same, one changes it.
      await database.deliveries.updateMany(
        { _id: { $in: ids }, ...due },
        { $set: { state: 'delivering', lease: worker, dueAt: leasedUntil } },
      );
      return await database.deliveries.find({ _id: { $in: ids }, lease: worker, dueAt: leasedUntil }).lean();
    } catch (error) {
      for (const { endpoint } of picked) releaseSlot(endpoint);
      throw error;
    }
  }
}
