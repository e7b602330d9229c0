import { verifyWebhook, type WebhookEvent, WebhookVerificationError } from '@interview-webhooks/client';
import { createMiddleware } from 'hono/factory';

/** `app.post('/webhooks', interviewWebhook(secret), (context) => … context.var.event)` */
export function interviewWebhook(secret: string | string[]) {
  return createMiddleware<{ Variables: { event: WebhookEvent } }>(async (context, next) => {
    try {
      const rawBody = await context.req.arrayBuffer();
      context.set('event', await verifyWebhook(rawBody, context.req.raw.headers, secret));
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
      return context.text(error.code, 400);
    }
    return next();
  });
}
