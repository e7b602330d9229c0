import type { AiInterviewDocument, DeliveryDocument } from '@interview-webhooks/database';
import {
  type EffectiveTarget,
  effectiveTarget,
  endpointOf,
  isDatabaseUnavailable,
  isListenedTo,
  type SigningSecrets,
  signingSecrets,
} from '@interview-webhooks/domain';
import type { EventType } from '@interview-webhooks/schema';
import { type Place, placeAt } from '../schedule/place.ts';
import type { EngineServices } from '../engine/engine-options.ts';

/** A delivery that this worker holds, with all that its next attempt needs. */
export interface Job {
  readonly delivery: DeliveryDocument;
  readonly interview: AiInterviewDocument;
  readonly target: EffectiveTarget;
  readonly secrets: SigningSecrets | Error;
  /** Whether somebody is to be told of the whole request. */
  readonly isListenedTo: boolean;
  readonly place: Place;
  /** By the injected clock. */
  readonly preparedAt: Date;
  /** Whether its endpoint was failing when it was taken up: then a success is worth noting. */
  readonly isKnownToFail: boolean;
}

export type Prepared = Omit<Job, 'isKnownToFail'>;

/** Where an event of an AI interview goes now, and how. */
export type PreparedTarget = Omit<Prepared, 'delivery' | 'interview'>;

/** Reads what the next attempt of a delivery needs. */
export async function prepare(
  services: EngineServices,
  delivery: DeliveryDocument,
  interview: AiInterviewDocument,
): Promise<Prepared> {
  return { delivery, interview, ...(await prepareTarget(services, interview, delivery.event)) };
}

/** Reads where an event goes, and how. For many at once, that is a few questions in all. */
export async function prepareTarget(
  services: EngineServices,
  interview: AiInterviewDocument,
  event: EventType,
): Promise<PreparedTarget> {
  const workspaceId = interview.workspaceId.toHexString();
  const of = { ...services, workspaceId };
  const preparedAt = services.now();
  const [target, secrets, isListened] = await Promise.all([
    effectiveTarget(of, interview, event),
    // A secret that does not open is in the way of its own workspace only.
    signingSecrets(of).catch((error: unknown) => {
      if (isDatabaseUnavailable(error) || !(error instanceof Error)) throw error;
      return error;
    }),
    isListenedTo(of),
  ]);
  const place = placeFor(workspaceId, target.url);
  return { target, secrets, isListenedTo: isListened, place, preparedAt };
}

/** The same for stored deliveries; those whose AI interview somebody deleted by hand are left out and logged. */
export async function prepareStored(
  { services, log }: { services: EngineServices; log: { error(details: object, message: string): void } },
  deliveries: readonly DeliveryDocument[],
): Promise<Prepared[]> {
  const prepared = await Promise.all(
    deliveries.map(async (delivery) => {
      const { workspaceId, interviewId } = delivery;
      const [workspace, id] = [workspaceId.toHexString(), interviewId.toHexString()];
      const interview = await services.database.read.aiInterview(workspace, id);
      if (interview) return [await prepare(services, delivery, interview)];
      log.error({ deliveryId: delivery._id }, 'a delivery belongs to no AI interview');
      return [];
    }),
  );
  return prepared.flat();
}

/** Where a delivery to `url` belongs; those that have none are a queue of their own. */
function placeFor(workspaceId: string, url: string | null): Place {
  return placeAt(url === null ? `${workspaceId} ` : endpointOf(workspaceId, url));
}

/** Why nothing is sent by these settings; null where something is. */
export function whyNot({ enabled, url }: EffectiveTarget): 'webhook-off' | 'no-url' | null {
  if (!enabled) return 'webhook-off';
  return url === null ? 'no-url' : null;
}
