import type { DeliveryDocument, EndpointDocument } from '@interview-webhooks/database';
import { type Permission, permission } from '../breaker/breaker.ts';
import type { EndpointHealth } from '../breaker/endpoint-health.ts';
import type { Due } from './due-search.ts';
import type { EngineServices } from './engine-options.ts';
import type { Place } from './lanes.ts';
import type { Leases } from './leases.ts';

export interface Claim {
  services: EngineServices;
  health: EndpointHealth;
  leases: Leases;
  /** Whether there is room for one more at that place. */
  choose: (place: Place) => boolean;
}

export interface Claimed {
  /** What is this worker's now. */
  won: DeliveryDocument[];
  /** The endpoints among theirs that fail. */
  failing: ReadonlyMap<string, EndpointDocument>;
  /** Whether there was no room for some of it. */
  left: boolean;
}

/**
 * Takes up what is due, as far as there is room for it. What is due for an endpoint whose breaker is open is put off,
 * but for one delivery that finds out whether it works again.
 */
export async function claimDue(
  { services, health, leases, choose }: Claim,
  candidates: readonly Due[],
): Promise<Claimed> {
  const { database, now } = services;
  const at = now();
  const failing = await health.read(candidates.map(({ endpoint }) => endpoint));
  /** Endpoints for which nothing else is sent until then. */
  const closedUntil = new Map<string, Pick<Due, 'workspaceId'> & { until: Date }>();

  /** What its endpoint's breaker says. Who asks for it by hand wants to know now. */
  const permissionOf = ({ workspaceId, endpoint, trigger }: Due): Permission => {
    if (trigger === 'manual') return 'all';
    if (closedUntil.has(endpoint)) return 'none';
    const state = failing.get(endpoint);
    const allowed = permission(state, at);
    if (allowed === 'none' && state?.openUntil) {
      closedUntil.set(endpoint, { workspaceId, until: state.openUntil });
    }
    return allowed;
  };
  const takeProbe = async ({ workspaceId, endpoint }: Due): Promise<boolean> => {
    const state = failing.get(endpoint);
    if (!state) return false;
    const until = await health.takeProbe(state);
    // Where another worker was faster, what is left looks again when its lease would have ended.
    closedUntil.set(endpoint, { workspaceId, until: until ?? leases.end() });
    return until !== null;
  };

  const chosen: string[] = [];
  let left = false;
  for (const due of candidates) {
    if (leases.holds(due._id)) continue;
    const allowed = permissionOf(due);
    if (allowed === 'none') continue;
    if (!choose(placeOf(due))) left = true;
    else if (allowed === 'all' || (await takeProbe(due))) chosen.push(due._id);
  }
  const won = chosen.length > 0 ? await win() : [];
  for (const [endpoint, { until }] of closedUntil) {
    await database.deliveries.updateMany(
      { endpoint, dueAt: { $lte: at }, lease: { $ne: leases.worker }, trigger: { $ne: 'manual' } },
      { $set: { state: 'pending', dueAt: until, reason: 'endpoint-failing' }, $unset: { lease: 1 } },
    );
  }
  return { won, failing, left };

  async function win(): Promise<DeliveryDocument[]> {
    const dueAt = leases.end();
    const lease = leases.worker;
    // Still due: of two workers that found the same, one changes it.
    await database.deliveries.updateMany(
      { _id: { $in: chosen }, dueAt: { $lte: at } },
      { $set: { state: 'delivering', lease, dueAt } },
    );
    return database.deliveries.find({ _id: { $in: chosen }, lease, dueAt }).lean();
  }
}

/** By what was known when it was last looked at; its settings may send it elsewhere by now. */
function placeOf({ workspaceId, endpoint }: Due): Place {
  return { workspaceId: workspaceId.toHexString(), endpoint };
}
