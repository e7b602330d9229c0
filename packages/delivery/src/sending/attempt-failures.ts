import type { TargetRefusal } from '@interview-webhooks/domain';

/** The guard refused the target. */
export class TargetRefusedError extends Error {
  readonly refusal: TargetRefusal;

  constructor(refusal: TargetRefusal) {
    super(refusal.reason);
    this.name = 'TargetRefusedError';
    this.refusal = refusal;
  }
}

/** The host's name has no address. */
export class LookupError extends Error {
  constructor(cause: unknown) {
    super('look-up failed', { cause });
    this.name = 'LookupError';
  }
}

/** A kept connection had ended before it could be used again. */
export class ConnectionEndedError extends Error {
  constructor() {
    super('the connection has ended');
    this.name = 'ConnectionEndedError';
  }
}
