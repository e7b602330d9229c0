import type { Connection } from 'mongoose';
import { aiInterviewSchema } from './models/ai-interview.ts';
import { apiKeySchema } from './models/api-key.ts';
import { attemptSchema } from './models/attempt.ts';
import { deliverySchema } from './models/delivery.ts';
import { idempotencyKeySchema } from './models/idempotency-key.ts';
import { responseSchema } from './models/response.ts';
import { sessionSchema } from './models/session.ts';
import { webhookSettingsSchema } from './models/webhook-settings.ts';
import { workspaceSchema } from './models/workspace.ts';

/** Every collection of the system, bound to one connection. */
export function modelsOn(connection: Connection) {
  return {
    workspaces: connection.model('Workspace', workspaceSchema),
    apiKeys: connection.model('ApiKey', apiKeySchema),
    sessions: connection.model('Session', sessionSchema),
    webhookSettings: connection.model('WebhookSettings', webhookSettingsSchema),
    idempotencyKeys: connection.model('IdempotencyKey', idempotencyKeySchema),
    responses: connection.model('Response', responseSchema),
    deliveries: connection.model('Delivery', deliverySchema),
    attempts: connection.model('Attempt', attemptSchema),
    aiInterviews: connection.model('AiInterview', aiInterviewSchema),
  };
}

export type Models = ReturnType<typeof modelsOn>;
