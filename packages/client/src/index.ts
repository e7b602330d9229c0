export {
  type Client,
  type ClientOptions,
  createClient,
  type RouterInputs,
  type RouterOutputs,
} from './create-client.ts';
export { type ApiError, isApiError, problemOf } from './errors.ts';
export { UnexpectedAnswerError } from './http.ts';
export {
  type VerificationCode,
  WebhookSecretError,
  WebhookVerificationError,
} from './webhooks/verification-error.ts';
export { type VerifyOptions, verifyWebhook, type WebhookHeaders } from './webhooks/verify-webhook.ts';
export {
  Fault,
  Problem,
  type ProblemCode,
  StartEvent,
  SubmissionEvent,
  WebhookEvent,
} from '@interview-webhooks/schema';
