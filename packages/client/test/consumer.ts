// What a service of somebody else's does with the published package. Copied into an empty project and run there.
import { createClient, problemOf, verifyWebhook, WebhookVerificationError } from '@interview-webhooks/client';

const [, , url = '', apiKey = ''] = process.argv;
const client = createClient({ url, apiKey });

const { ai_interview_id } = await client.interviews.create.mutate({ ai_interview_name: 'Backend engineer' });
const [details, count] = await Promise.all([
  client.interviews.get.query({ ai_interview_id }),
  client.interviews.count.query(),
]);
const refused = await client.interviews.get.query({ ai_interview_id: 'none' }).catch(problemOf);
const forged = await verifyWebhook('{}', new Headers(), 'whsec_AAAA').catch((error: unknown) => error);

// @ts-expect-error There is no such procedure.
const misspelt: unknown = client.interviews.gett;
// @ts-expect-error There is no such field.
type Misspelt = typeof details.ai_interview_nam;

console.log(
  JSON.stringify({
    name: details.ai_interview_name satisfies string,
    count: count.count satisfies number,
    refused: refused && 'code' in refused ? refused.code : null,
    forged: forged instanceof WebhookVerificationError ? forged.code : null,
    misspelt: typeof (misspelt as Misspelt),
  }),
);
