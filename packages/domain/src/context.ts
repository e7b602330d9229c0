import type { Database } from '@interview-webhooks/database';
import type { Actor, Scope } from '@interview-webhooks/schema';
import type { EventSink } from './deliveries/event-sink.ts';
import type { WebhookSender } from './deliveries/webhook-sender.ts';
import type { TargetGuard } from './outbound/target-guard.ts';
import type { Vault } from './secrets/vault.ts';

/** What use cases need of the world. Made once per process. */
export interface Services {
  readonly database: Database;
  readonly vault: Vault;
  readonly targetGuard: TargetGuard;
  readonly now: () => Date;
  /** Where callers reach this system, without a slash at its end; invitation links begin with it. */
  readonly publicUrl: () => string;
  /** Whether this is somebody's own machine: the database is the embedded one. Then there is an inbox to send to. */
  readonly localMode: boolean;
  readonly sender: WebhookSender;
  readonly events: EventSink;
}

/** Who asks, and for which workspace. */
export interface Principal {
  readonly workspaceId: string;
  readonly apiKeyId: string;
  readonly actor: Actor;
  readonly scopes: readonly Scope[];
  /** The dashboard's session that asks, where one does. */
  readonly sessionId?: string;
  /**
   * When it was asked, as `performance.now()` counts, where that is known: what is read for the same call need not be newer. Only
   * for what is answered once; a stream that goes on would be told what was true at its beginning.
   */
  readonly askedAt?: number;
}

/** One request of one workspace. Every query a use case makes is limited to `workspaceId`. */
export interface Context extends Services, Principal {
  /** The caller's `Idempotency-Key`, if it sent one. */
  readonly idempotencyKey?: string;
}
