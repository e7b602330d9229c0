// What needs nothing that only Node has: for receivers and callers, on edge runtimes and in browsers as well.
export { retryAfterMs } from './outcome/retry-after.ts';
export {
  type VerificationCode,
  WebhookSecretError,
  WebhookVerificationError,
} from './verification/verification-error.ts';
export { type VerifyOptions, verifyWebhook, type WebhookHeaders } from './verification/verify-webhook.ts';
