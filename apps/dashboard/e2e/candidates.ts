import { AiInterview, DeliveryPage, Invitation, Overview } from '@interview-webhooks/schema';
import type { ApiClient } from '@interview-webhooks/testing';
import { expect } from 'vitest';

/** Sends both webhooks to `url`, from now on and for every AI interview. */
export async function sendTo(server: ApiClient, url: string): Promise<void> {
  const target = { status: true, url };
  await server.rest('POST', '/ai-interviews/settings/webhooks', {
    webhooks: { start: target, submission: target },
    updateAll: true,
  });
}

/** Lets a candidate start an AI interview of their own. */
export async function letStart(server: ApiClient, candidate_name: string): Promise<void> {
  const { ai_interview_id } = AiInterview.parse(
    await server.rest('POST', '/ai-interviews', { ai_interview_name: 'Backend engineer' }),
  );
  const { response_id } = Invitation.parse(
    await server.rest('POST', '/ai-interviews/invite', {
      ai_interview_id,
      candidate_name,
      candidate_email: 'ada@example.com',
    }),
  );
  await server.rest('POST', `/ai-interviews/responses/${response_id}/start`);
}

/** What became of deliveries in the last 24 hours. */
export async function counted(server: ApiClient): Promise<Overview['total']> {
  return Overview.parse(await server.rest('GET', '/ai-interviews/webhooks/overview')).total;
}

/** Waits until what was sent is counted, which happens together once a second. */
export async function untilCounted(server: ApiClient, counts: Partial<Overview['total']>): Promise<void> {
  await expect.poll(() => counted(server)).toMatchObject(counts);
}

/** Stops what waits for a retry, which would arrive while something else is looked at. */
export async function cancelWaiting(server: ApiClient): Promise<void> {
  const path = '/ai-interviews/webhooks/deliveries';
  const { data } = DeliveryPage.parse(await server.rest('GET', `${path}?state=pending`));
  await Promise.all(data.map(({ delivery_id }) => server.rest('POST', `${path}/${delivery_id}/cancel`)));
}
