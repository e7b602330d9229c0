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
  Fault,
  Problem,
  type ProblemCode,
  StartEvent,
  SubmissionEvent,
  WebhookEvent,
} from '@interview-webhooks/schema';
export {
  type VerificationCode,
  type VerifyOptions,
  verifyWebhook,
  type WebhookHeaders,
  WebhookSecretError,
  WebhookVerificationError,
} from '@interview-webhooks/webhooks/web';
