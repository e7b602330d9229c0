import { AiInterview, DeliveryDetails, Invitation } from '@interview-webhooks/schema';
import { startServer, type StartedServer } from '@interview-webhooks/testing';
import { expect } from 'vitest';
import { test as base } from './dashboard-test.ts';

/** A test on a server that tries again after each time of `schedule`, and then gives up. */
export function testWithRetries(schedule: string) {
  // Vitest reads the pattern to learn what a fixture needs, and insists on one.
  // eslint-disable-next-line no-empty-pattern
  return base.extend('server', { scope: 'file' }, async ({}, { onCleanup }) => {
    const server = await startServer({ env: { WEBHOOK_RETRY_SCHEDULE: schedule } });
    onCleanup(() => server[Symbol.asyncDispose]());
    return server;
  });
}

/** Lets both webhooks go to `url`. */
export async function sendTo(server: StartedServer, url: string): Promise<void> {
  await server.rest('POST', '/ai-interviews/settings/webhooks', {
    webhooks: { start: { status: true, url }, submission: { status: true, url } },
    updateAll: true,
  });
}

export async function createInterview(server: StartedServer, name: string): Promise<string> {
  const created = await server.rest('POST', '/ai-interviews', { ai_interview_name: name });
  return AiInterview.parse(created).ai_interview_id;
}

/**
 * Lets a candidate start.
 *
 * @returns the delivery's id
 */
export async function start(server: StartedServer, interviewId: string, name: string): Promise<string> {
  const invitation = await server.rest('POST', '/ai-interviews/invite', {
    ai_interview_id: interviewId,
    candidate_name: name,
    candidate_email: `${name.toLowerCase().replaceAll(/\W+/g, '.')}@example.com`,
  });
  const { response_id } = Invitation.parse(invitation);
  await server.rest('POST', `/ai-interviews/responses/${response_id}/start`);
  return `evt_${response_id}_start`;
}

/** Waits until a delivery is in `state`. */
export async function becomes(
  server: StartedServer,
  id: string,
  state: DeliveryDetails['state'],
): Promise<void> {
  const now = async () =>
    DeliveryDetails.parse(await server.rest('GET', `/ai-interviews/webhooks/deliveries/${id}`)).state;
  await expect.poll(now).toBe(state);
}
