import { verifyWebhook, type WebhookEvent, WebhookVerificationError } from '@interview-webhooks/client';
import type { FastifyPluginCallback } from 'fastify';

export interface InterviewWebhooksOptions {
  secret: string | string[];
  onEvent: (event: WebhookEvent) => Promise<void>;
}

/** `app.register(interviewWebhooks, { prefix: '/webhooks', secret, onEvent })` */
export const interviewWebhooks: FastifyPluginCallback<InterviewWebhooksOptions> = (
  scope,
  { secret, onEvent },
  done,
) => {
  // For this scope only. The bytes as they came: what was parsed and written again has another signature.
  scope.removeContentTypeParser('application/json');
  scope.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, parsed) => {
    parsed(null, body);
  });
  scope.post<{ Body: Buffer }>('/', async (request, reply) => {
    try {
      await onEvent(await verifyWebhook(request.body, request.headers, secret));
      return await reply.code(204).send();
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
      return reply.code(400).send(error.code);
    }
  });
  done();
};
