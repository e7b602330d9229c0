/** Why a request is not taken for a webhook of ours. */
export type VerificationCode =
  | 'missing-header'
  | 'invalid-timestamp'
  | 'too-old'
  | 'too-new'
  | 'no-matching-signature'
  | 'not-json'
  | 'unknown-payload';

/** The request is not a webhook of ours, or not one of now: answer 400 and do nothing. */
export class WebhookVerificationError extends Error {
  readonly code: VerificationCode;

  constructor(code: VerificationCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'WebhookVerificationError';
    this.code = code;
  }
}

/** The receiver's own secret is none: nothing can be verified before that is set right. Says nothing of its value. */
export class WebhookSecretError extends Error {
  readonly code = 'invalid-secret';

  constructor() {
    super('a signing secret is "whsec_" and base64, as settings.signingSecret gives it');
    this.name = 'WebhookSecretError';
  }
}
