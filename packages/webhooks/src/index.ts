export { formsOf } from './masking/credential-forms.ts';
export { MASK, maskedOutcome } from './masking/mask-credential.ts';
export { eventId, partOf, webhookEvent } from './message/webhook-event.ts';
export { maskedHeaders, webhookHeaders } from './message/webhook-headers.ts';
export type { AttemptError, AttemptOutcome, AttemptTimings } from './outcome/attempt-outcome.ts';
export { KEPT_BODY_BYTES, nothingReceived, type ReceivedResponse } from './outcome/received-response.ts';
export { outcomeOf, unanswered } from './outcome/received-outcome.ts';
export { checkSignature } from './signing/check-signature.ts';
export { newSigningSecret } from './signing/signing-secret.ts';
