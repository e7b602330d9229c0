import { verifyWebhook, WebhookVerificationError } from '@interview-webhooks/client';
import { onEvent } from '../../on-event.ts';

export async function POST(request: Request): Promise<Response> {
  // Several by commas while one is being rotated.
  const secrets = (process.env['INTERVIEW_WEBHOOKS_SECRET'] ?? '').split(',');
  try {
    await onEvent(await verifyWebhook(await request.arrayBuffer(), request.headers, secrets));
    return new Response(null, { status: 204 });
  } catch (error) {
    if (!(error instanceof WebhookVerificationError)) throw error;
    return new Response(error.code, { status: 400 });
  }
}
