import type { Fault } from '@interview-webhooks/schema';

/** Everything a use case refuses. `code` is stable and public; the table in `packages/api` maps it to a status. */
export type DomainErrorCode =
  | 'invalid-input'
  | 'unauthenticated'
  | 'missing-scope'
  | 'not-found'
  | 'conflict'
  | 'rate-limited'
  | 'secret-unreadable';

/** A request that cannot be done as asked. The message is written for whoever sent it. */
export class DomainError extends Error {
  readonly code: DomainErrorCode;

  constructor(code: DomainErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** The input breaks rules that depend on what is stored or on the world outside. Names every field at once. */
export class InvalidInputError extends DomainError {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super('invalid-input', 'The request is not valid; errors lists what to change.');
    this.faults = faults;
  }
}

export class NotFoundError extends DomainError {
  /** @param what the missing thing in the caller's words, for example `AI interview` */
  constructor(what: string) {
    super('not-found', `There is no ${what} with this id in the workspace.`);
  }
}

/** Names a key that was presented and works no longer. For the log, never for the caller. */
export interface EndedKey {
  readonly workspaceId: string;
  readonly apiKeyId: string;
}

export class UnauthenticatedError extends DomainError {
  readonly endedKey: EndedKey | undefined;

  constructor(message: string, endedKey?: EndedKey) {
    super('unauthenticated', message);
    this.endedKey = endedKey;
  }
}

export class MissingScopeError extends DomainError {
  readonly scope: string;

  constructor(scope: string, message = `The API key lacks the scope ${scope}; use a key that has it.`) {
    super('missing-scope', message);
    this.scope = scope;
  }
}

/** Other writers were faster each time, or the change would break something that must hold. */
export class ConflictError extends DomainError {
  constructor(message: string) {
    super('conflict', message);
  }
}

/** A stored secret does not open. Nothing of it is in the message. */
export class UnreadableSecretError extends DomainError {
  readonly why: string;

  /**
   * @param field of the sealed value, for example `auth.password`
   * @param why in plain words, after "cannot be opened"
   */
  constructor(field: string, why: string, options?: ErrorOptions) {
    super('secret-unreadable', `The stored ${field} cannot be opened: ${why}.`, options);
    this.why = why;
  }
}

export class RateLimitError extends DomainError {
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number) {
    super('rate-limited', message);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
