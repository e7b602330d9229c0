import type { AiInterviewDocument, DeliveryDocument } from '@interview-webhooks/database';
import {
  type EffectiveTarget,
  effectiveTargets,
  type SigningSecrets,
  signingSecretsOf,
} from '@interview-webhooks/domain';
import { endpointOf } from '../breaker/endpoint.ts';
import type { EngineServices } from './engine-options.ts';
import type { Place } from './lanes.ts';

/** A delivery that this worker holds, with all that its next attempt needs. */
export interface Job {
  readonly delivery: DeliveryDocument;
  readonly interview: AiInterviewDocument;
  readonly target: EffectiveTarget;
  /** @throws Error when a secret does not open */
  readonly signingSecrets: () => SigningSecrets;
  readonly place: Place;
  /** By the injected clock. */
  readonly preparedAt: Date;
  /** Whether its endpoint was failing when it was taken up: then a success is worth noting. */
  readonly isKnownToFail: boolean;
}

export type Prepared = Omit<Job, 'isKnownToFail'>;

/** Reads what the next attempts of `deliveries` need, all in a few questions. */
export async function prepare(
  services: EngineServices,
  deliveries: readonly { delivery: DeliveryDocument; interview: AiInterviewDocument }[],
): Promise<Prepared[]> {
  const preparedAt = services.now();
  const workspaceIds = new Set(deliveries.map(({ delivery }) => delivery.workspaceId.toHexString()));
  const [targets, secretsOf] = await Promise.all([
    effectiveTargets(
      services.database,
      deliveries.map(({ delivery: { event }, interview }) => ({ interview, event })),
    ),
    signingSecretsOf(services, workspaceIds),
  ]);
  return deliveries.map(({ delivery, interview }, index) => {
    const target = targets[index];
    if (!target) throw new Error('there is a target for each event');
    const workspaceId = delivery.workspaceId.toHexString();
    return {
      delivery,
      interview,
      target,
      signingSecrets: () => secretsOf(workspaceId),
      place: placeFor(workspaceId, target.url),
      preparedAt,
    };
  });
}

/** Where a delivery to `url` belongs; those that have none are a lane of their own. */
export function placeFor(workspaceId: string, url: string | null): Place {
  return { workspaceId, endpoint: url === null ? `${workspaceId} ` : endpointOf(workspaceId, url) };
}

/** Each delivery with its AI interview; and those whose interview somebody deleted by hand. */
export async function withInterviews(
  { database }: EngineServices,
  deliveries: readonly DeliveryDocument[],
): Promise<{ found: { delivery: DeliveryDocument; interview: AiInterviewDocument }[]; lost: string[] }> {
  const interviews = await database.aiInterviews
    .find({ _id: { $in: deliveries.map(({ interviewId }) => interviewId) } })
    .lean();
  const byId = new Map(interviews.map((interview) => [interview._id.toHexString(), interview]));
  const found = deliveries.flatMap((delivery) => {
    const interview = byId.get(delivery.interviewId.toHexString());
    return interview ? [{ delivery, interview }] : [];
  });
  const ids = new Set(found.map(({ delivery }) => delivery._id));
  return { found, lost: deliveries.map(({ _id }) => _id).filter((id) => !ids.has(id)) };
}

/** Why nothing is sent by these settings; null where something is. */
export function whyNot({ enabled, url }: EffectiveTarget): 'webhook-off' | 'no-url' | null {
  if (!enabled) return 'webhook-off';
  return url === null ? 'no-url' : null;
}
