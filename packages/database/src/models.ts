import type { Connection, mongo } from 'mongoose';
import { type AiInterviewDocument, aiInterviewSchema } from './models/ai-interview.ts';
import { type ApiKeyDocument, apiKeySchema } from './models/api-key.ts';
import { auditEntrySchema } from './models/audit-entry.ts';
import { type AttemptDocument, attemptSchema } from './models/attempt.ts';
import { type DeliveryDocument, deliverySchema } from './models/delivery.ts';
import { type DeliveryStatsDocument, deliveryStatsSchema } from './models/delivery-stats.ts';
import { type EndpointDocument, endpointSchema } from './models/endpoint.ts';
import { idempotencyKeySchema } from './models/idempotency-key.ts';
import { type RedeliveryDocument, redeliverySchema } from './models/redelivery.ts';
import { type ResponseDocument, responseSchema } from './models/response.ts';
import { sentRequestSchema } from './models/sent-request.ts';
import { sessionSchema } from './models/session.ts';
import { type WakeUpDocument, wakeUpSchema } from './models/wake-up.ts';
import { walkedSchema } from './models/walked.ts';
import { type WebhookSettingsDocument, webhookSettingsSchema } from './models/webhook-settings.ts';
import { type WorkspaceDocument, workspaceSchema } from './models/workspace.ts';

/** Every collection of the system, bound to one connection. */
export function modelsOn(connection: Connection) {
  return {
    workspaces: connection.model('Workspace', workspaceSchema),
    apiKeys: connection.model('ApiKey', apiKeySchema),
    sessions: connection.model('Session', sessionSchema),
    auditEntries: connection.model('AuditEntry', auditEntrySchema),
    webhookSettings: connection.model('WebhookSettings', webhookSettingsSchema),
    idempotencyKeys: connection.model('IdempotencyKey', idempotencyKeySchema),
    responses: connection.model('Response', responseSchema),
    deliveries: connection.model('Delivery', deliverySchema),
    attempts: connection.model('Attempt', attemptSchema),
    redeliveries: connection.model('Redelivery', redeliverySchema),
    sentRequests: connection.model('SentRequest', sentRequestSchema),
    deliveryStats: connection.model('DeliveryStats', deliveryStatsSchema),
    endpoints: connection.model('Endpoint', endpointSchema),
    aiInterviews: connection.model('AiInterview', aiInterviewSchema),
    walked: connection.model('Walked', walkedSchema),
    wakeUps: connection.model('WakeUp', wakeUpSchema),
  };
}

export type Models = ReturnType<typeof modelsOn>;

export interface DirectCollections {
  readonly aiInterviews: mongo.Collection<AiInterviewDocument>;
  readonly responses: mongo.Collection<ResponseDocument>;
  readonly deliveries: mongo.Collection<DeliveryDocument>;
  readonly attempts: mongo.Collection<AttemptDocument>;
  readonly redeliveries: mongo.Collection<RedeliveryDocument>;
  readonly deliveryStats: mongo.Collection<DeliveryStatsDocument>;
  readonly endpoints: mongo.Collection<EndpointDocument>;
  readonly apiKeys: mongo.Collection<ApiKeyDocument>;
  readonly workspaces: mongo.Collection<WorkspaceDocument>;
  readonly webhookSettings: mongo.Collection<WebhookSettingsDocument>;
  readonly wakeUps: mongo.Collection<WakeUpDocument>;
}

/** What the driver gives, with the types of the documents: Mongoose types its collections without any. */
export function directCollections(models: Models): DirectCollections {
  const direct = <Document extends mongo.BSON.Document>(model: { collection: unknown }) =>
    model.collection as mongo.Collection<Document>;
  return {
    aiInterviews: direct(models.aiInterviews),
    responses: direct(models.responses),
    deliveries: direct(models.deliveries),
    attempts: direct(models.attempts),
    redeliveries: direct(models.redeliveries),
    deliveryStats: direct(models.deliveryStats),
    endpoints: direct(models.endpoints),
    apiKeys: direct(models.apiKeys),
    workspaces: direct(models.workspaces),
    webhookSettings: direct(models.webhookSettings),
    wakeUps: direct(models.wakeUps),
  };
}
