import { StartEvent, SubmissionEvent } from '@interview-webhooks/schema';
import type { JsonSchemas } from './json-schemas.ts';

/** What receivers get, for the document's `webhooks`. */
export function webhooks(schemas: JsonSchemas): Record<string, object> {
  const describe = (event: string, summary: string, schema: typeof StartEvent | typeof SubmissionEvent) => ({
    post: {
      operationId: event,
      summary,
      description:
        'Sent with the configured authentication and signed as Standard Webhooks (standardwebhooks.com) describes it. It ' +
        'arrives at least once: drop repeats by `webhook-id`.',
      security: [],
      parameters: signatureHeaders,
      requestBody: {
        required: true,
        content: { 'application/json': { schema: schemas.of(schema, 'output') } },
      },
      responses: answers,
    },
  });
  return {
    'ai_interview.start': describe('ai_interview.start', 'A candidate starts', StartEvent),
    'ai_interview.submission': describe('ai_interview.submission', 'A candidate submits', SubmissionEvent),
  };
}

const signatureHeaders = [
  ['webhook-id', 'The same on every attempt.'],
  ['webhook-timestamp', 'When this attempt was made, in seconds since 1970; refuse what is old.'],
  ['webhook-signature', '`v1,` and the base64 HMAC-SHA256 over `id.timestamp.body`; several by spaces.'],
  ['webhook-attempt', '1 for the first.'],
].map(([name, description]) => ({
  in: 'header',
  name,
  required: true,
  description,
  schema: { type: 'string' },
}));

const answers = {
  '2XX': { description: 'Received; it is not sent again.' },
  '410': { description: 'Nobody wants this any more: the webhook is switched off.' },
  '429': { description: 'Sent again after `Retry-After`.' },
  '503': { description: 'Sent again after `Retry-After`.' },
  default: { description: 'Sent again later, and a redirect is not followed.' },
};
