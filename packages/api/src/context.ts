import type { Inboxes, Principal, Services, SignedIn } from '@interview-webhooks/domain';
import type { Limits } from './limits.ts';

/** What a procedure gets of the request that calls it. HTTP itself stays with the server. */
export interface ApiContext extends Services {
  readonly requestId: string;
  /** When the request has to be answered, as `performance.now()` counts. */
  readonly answerByMs: number;
  readonly limits: Limits;
  /** Of this process. Nothing comes to them, and nobody may look, outside of local mode. */
  readonly inboxes: Inboxes;
  /** The caller's network address, to count by who has no key, and to recognise a session by. */
  readonly address: string;
  /** As the caller's program names itself. */
  readonly userAgent: string | undefined;
  /**
   * Who asks, by API key or by session cookie; looked up once a request, whose calls count against the rates of the key and
   * of its workspace.
   *
   * @throws UnauthenticatedError, RateLimitError
   */
  readonly authenticate: () => Promise<Principal>;
  /**
   * Begins to read the response that the call is about, while it is found out who asks: so that takes no time of its own. Does
   * nothing where that is known, and where `id` is none.
   */
  readonly expectResponse: (id: unknown) => void;
  /**
   * Who is signed in by session cookie, whatever key the request has as well; looked up once a request and counted like
   * `authenticate`.
   *
   * @throws UnauthenticatedError, RateLimitError
   */
  readonly signedIn: () => Promise<SignedIn>;
  /**
   * Who asks, looked up once more and not counted: for what goes on while a key or a session may end.
   *
   * @throws UnauthenticatedError
   */
  readonly authenticateAgain: () => Promise<Principal>;
  /** Names the caller in the log, where a procedure finds out itself who asks. */
  readonly noteCaller: (principal: Principal) => void;
  /** Says when the server stops, so that nothing holds it up. */
  readonly stopping: AbortSignal;
  /** The request's `Idempotency-Key`, if it sent one. */
  readonly idempotencyKey?: string;
  /** The dashboard's session. */
  readonly sessionCookie: SessionCookie;
}

export interface SessionCookie {
  /** @throws TransportError `cross-origin` unless a page of our own, or the person at the browser, made this request */
  requireOwnPage(): void;
  /**
   * The session's token, if the request has one.
   *
   * @throws TransportError `cross-origin` when another site's page had the browser send it
   */
  read(): string | undefined;
  /** Every token that the request has, also of cookies that open nothing any more: what is to be ended with them. */
  brought(): string[];
  write(token: string, expiresAt: Date): void;
  clear(): void;
}
