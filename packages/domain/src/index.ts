export { isDatabaseUnavailable, isOverTime, OperationDeadlineError } from '@interview-webhooks/database';
export * from './access/authenticate.ts';
export * from './access/bootstrap-workspace.ts';
export * from './access/create-api-key.ts';
export { carryOutAll } from './access/key-revocation.ts';
export * from './access/list-api-keys.ts';
export * from './access/open-sessions.ts';
export * from './access/recover-owner-key.ts';
export * from './access/revoke-api-key.ts';
export * from './access/sessions.ts';
export * from './audit/list-audit.ts';
export * from './context.ts';
export * from './deliveries/change-delivery.ts';
export * from './deliveries/disable-webhook.ts';
export * from './deliveries/effective-target.ts';
export { endpointOf, originOf, urlOf, workspaceOf } from './deliveries/endpoint.ts';
export * from './deliveries/event-sink.ts';
export { storedAttempt } from './deliveries/first-attempt.ts';
export * from './deliveries/list-deliveries.ts';
export * from './deliveries/make-attempt.ts';
export * from './deliveries/read-deliveries.ts';
export * from './deliveries/redeliveries.ts';
export {
  countRedelivered,
  redeliveredOutcomes,
  type RedeliveredOutcome,
  settle,
} from './deliveries/redelivery-counts.ts';
export * from './deliveries/send-test.ts';
export {
  revealSigningSecret,
  rotateSigningSecret,
  signingSecrets,
  type SigningSecrets,
} from './deliveries/signing-secrets.ts';
export * from './deliveries/walk-redelivery.ts';
export * from './deliveries/watch-deliveries.ts';
export * from './deliveries/webhook-sender.ts';
export * from './demo/remove-demo.ts';
export * from './demo/seed-demo.ts';
export * from './errors.ts';
export * from './inbox/inboxes.ts';
export * from './inbox/local-inbox.ts';
export * from './interviews/count-interviews.ts';
export { nextAnswers } from './next-answer.ts';
export { canonicalJson } from './canonical-json.ts';
export * from './interviews/create-interview.ts';
export * from './interviews/get-interview.ts';
export * from './interviews/list-interviews.ts';
export * from './interviews/update-interview-webhook-settings.ts';
export * from './interviews/use-global-settings.ts';
export { listenToRequests, type ListenedEvent } from './listening/listen-to-requests.ts';
export { isListenedTo, keepSentRequest } from './listening/sent-requests.ts';
export * from './outbound/address-guard.ts';
export { parseDnsServer, SilentNameError } from './outbound/ask-dns.ts';
export * from './outbound/lookup-addresses.ts';
export { LookupsBusyError } from './outbound/lookup-turns.ts';
export { type Network, parseNetwork } from './outbound/networks.ts';
export * from './outbound/target-guard.ts';
export * from './outbound/target-rules.ts';
export { attemptCounted, type CountedOutcome, countOutcomes, endCounted } from './overview/count-outcomes.ts';
export * from './overview/get-overview.ts';
export * from './responses/evaluate-response.ts';
export * from './responses/invite-candidate.ts';
export * from './responses/list-responses.ts';
export * from './responses/read-responses.ts';
export { recordStart } from './responses/record-start.ts';
export * from './responses/record-submission.ts';
export { renewSearchKeys } from './search/renew-search-keys.ts';
export { searchKeys } from './search/search-keys.ts';
export * from './secrets/keyring.ts';
export * from './secrets/rotate-secrets.ts';
export * from './secrets/vault.ts';
export * from './settings/get-webhook-settings.ts';
export * from './settings/list-settings-history.ts';
export * from './settings/restore-webhook-settings.ts';
export * from './settings/update-webhook-settings.ts';
export { contextOf } from './tracing/trace-parent.ts';
