import { verifyWebhook, type WebhookEvent, WebhookVerificationError } from '@interview-webhooks/client';
import express, { type RequestHandler } from 'express';

/** `app.post('/webhooks', ...interviewWebhooks(secret, onEvent))`, before any `express.json()`. */
export function interviewWebhooks(
  secret: string | string[],
  onEvent: (event: WebhookEvent) => Promise<void>,
): RequestHandler[] {
  return [
    // The bytes as they came: what was parsed and written again has another signature.
    express.raw({ type: 'application/json', limit: '32kb' }),
    async (request, response) => {
      try {
        await onEvent(await verifyWebhook(request.body as Buffer, request.headers, secret)); // of express.raw
        response.sendStatus(204);
      } catch (error) {
        if (!(error instanceof WebhookVerificationError)) throw error;
        response.status(400).send(error.code);
      }
    },
  ];
}
