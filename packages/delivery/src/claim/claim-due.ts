import { type DeliveryDocument, type EndpointDocument, located } from '@interview-webhooks/database';
import { workspaceOf } from '@interview-webhooks/domain';
import { type Permission, permission } from '../breaker/breaker.ts';
import type { EndpointHealth } from '../breaker/endpoint-health.ts';
import type { Admission } from '../schedule/capacity.ts';
import { placeAt } from '../schedule/place.ts';
import type { Due } from './due-search.ts';
import type { EngineServices } from '../engine/engine-options.ts';
import type { Leases } from './leases.ts';

export interface Claim {
  services: EngineServices;
  health: EndpointHealth;
  leases: Leases;
  admit: Admission;
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
export async function claimDue(claim: Claim, candidates: readonly Due[]): Promise<Claimed> {
  const at = claim.services.now();
  const failing = await claim.health.read(candidates.map(({ endpoint }) => endpoint));
  const { chosen, probes, closed, left } = chooseFrom(candidates, { ...claim, failing, at });
  const wanted = [...chosen, ...probes.values()];
  const claimed = wanted.length > 0 ? await win(claim, wanted, at) : [];
  const lost = await takeProbes(claim, { probes, claimed, failing, closed, at });
  for (const [endpoint, until] of closed) await putOff(claim, { endpoint, until, at });
  return { won: claimed.filter(({ _id }) => !lost.has(_id)), failing, left };
}

interface Choice {
  chosen: Due[];
  /** By endpoint, what finds out whether it works again. */
  probes: Map<string, Due>;
  /** Endpoints for which nothing else is sent until then. */
  closed: Map<string, Date>;
  left: boolean;
}

interface Known {
  failing: Claimed['failing'];
  at: Date;
}

function chooseFrom(
  candidates: readonly Due[],
  { leases, admit, failing, at }: Pick<Claim, 'leases' | 'admit'> & Known,
): Choice {
  const choice: Choice = { chosen: [], probes: new Map(), closed: new Map(), left: false };
  for (const due of candidates) {
    if (leases.holds(due._id)) continue;
    const state = failing.get(due.endpoint);
    // Who asks for it by hand wants to know now, whatever the breaker says.
    const allowed: Permission = due.trigger === 'manual' ? 'all' : permission(state, at);
    if (allowed === 'none') {
      if (state?.openUntil) choice.closed.set(due.endpoint, state.openUntil);
    } else if (allowed === 'probe' && choice.probes.has(due.endpoint)) {
      continue;
      // By what was known when it was last looked at; its settings may send it elsewhere by now.
    } else if (!admit(placeAt(due.endpoint))) {
      choice.left = true;
    } else if (allowed === 'all') {
      choice.chosen.push(due);
    } else {
      choice.probes.set(due.endpoint, due);
    }
  }
  return choice;
}

async function win(
  { services: { database }, leases }: Claim,
  wanted: readonly Due[],
  at: Date,
): Promise<DeliveryDocument[]> {
  const taken = leases.taken();
  const { lease, dueAt } = taken;
  // Still due: of two workers that found the same, one changes it. What is acknowledged here is on most members, and so is
  // whatever was written to these deliveries before: none of what is sent now is taken back.
  const claims = database.statements.ofAll<DeliveryDocument>(wanted, {
    filter: { dueAt: { $lte: at } },
    update: { $set: taken },
  });
  await database.direct.deliveries.bulkWrite(claims, { ordered: false });
  return database.deliveries
    .find({ ...located(wanted), lease, dueAt }, { firstAttempt: 0 })
    .hint({ _id: 1 })
    .limit(wanted.length)
    .batchSize(wanted.length)
    .lean();
}

interface Probing extends Pick<Choice, 'probes' | 'closed'>, Known {
  claimed: readonly DeliveryDocument[];
}

/**
 * Asks for leave to probe with what is claimed: the other way round, another worker could put the probe off between the
 * two. Where this worker did not get the delivery, another one has it, and sees to the rest of the endpoint.
 *
 * @returns what was given back, because another worker was faster
 */
async function takeProbes(
  { health, leases }: Claim,
  { probes, claimed, failing, closed, at }: Probing,
): Promise<Set<string>> {
  const lost = new Set<string>();
  const mine = new Set(claimed.map(({ _id }) => _id));
  for (const [endpoint, { _id, workspaceId }] of probes) {
    const state = failing.get(endpoint);
    if (!state || !mine.has(_id)) continue;
    const until = await health.takeProbe(state);
    if (until) {
      closed.set(endpoint, until);
    } else {
      lost.add(_id);
      // Due still: the next look knows how long the other one has closed the endpoint.
      const deliveries = [{ _id, workspaceId }];
      await leases.giveBack({ deliveries, dueAt: at, reason: 'endpoint-failing' });
    }
  }
  return lost;
}

async function putOff(
  { services: { database }, leases }: Claim,
  { endpoint, until, at }: { endpoint: string; until: Date; at: Date },
): Promise<void> {
  const theirs = { lease: { $ne: leases.worker }, trigger: { $ne: 'manual' } } as const;
  await database.deliveries.updateMany(
    { workspaceId: workspaceOf(endpoint), endpoint, dueAt: { $lte: at }, ...theirs },
    { $set: { state: 'pending', dueAt: until, reason: 'endpoint-failing' }, $unset: { lease: 1 } },
  );
}
