import {
  allScopes,
  InviteCandidate,
  SubmitResponse,
  WebhookSettingsUpdate,
} from '@interview-webhooks/schema';
import type { Context, Services } from '../context.ts';
import { createInterview } from '../interviews/create-interview.ts';
import { inviteCandidate } from '../responses/invite-candidate.ts';
import { recordStart } from '../responses/record-start.ts';
import { recordSubmission } from '../responses/record-submission.ts';
import { updateWebhookSettings } from '../settings/update-webhook-settings.ts';

/** The inbox that the demo's webhooks go to. */
export const DEMO_INBOX = 'demo';

type Stage = 'invited' | 'started' | 'submitted';

const interviews: readonly {
  name: string;
  candidates: readonly [name: string, stage: Stage, score?: number][];
}[] = [
  {
    name: 'Demo: Backend engineer',
    candidates: [
      ['Ada Demo', 'submitted', 82],
      ['Grace Demo', 'started'],
      ['Edsger Demo', 'invited'],
    ],
  },
  {
    name: 'Demo: Data analyst',
    candidates: [
      ['Florence Demo', 'submitted', 91],
      ['John Demo', 'invited'],
    ],
  },
  { name: 'Demo: Support agent', candidates: [['Joan Demo', 'invited']] },
];

/**
 * Fills a workspace that nobody has used yet: webhooks that go to the built-in inbox, three AI interviews, and some
 * candidates, of whom a few have started and submitted, so that webhooks are on their way at once. Everything is made as a
 * caller would make it, and removed with `removeDemo`.
 *
 * @param url of the inbox
 */
export async function seedDemo(
  services: Services,
  { workspaceId, url }: { workspaceId: string; url: string },
): Promise<void> {
  const context: Context = {
    ...services,
    workspaceId,
    apiKeyId: '',
    actor: { type: 'system', id: null, name: 'Demo' },
    scopes: allScopes,
  };
  // First: what is left by a start that was cut short can be removed like the whole.
  await services.database.workspaces.updateOne({ _id: workspaceId }, { $set: { demo: { url } } });
  const target = { status: true, url };
  await updateWebhookSettings(
    context,
    WebhookSettingsUpdate.parse({ webhooks: { start: target, submission: target } }),
  );
  for (const { name, candidates } of interviews) {
    const { ai_interview_id } = await createInterview(context, { ai_interview_name: name }, { demo: true });
    for (const [candidate, stage, score] of candidates) {
      await invite(context, { ai_interview_id, candidate, stage, ...(score !== undefined && { score }) });
    }
  }
}

async function invite(
  context: Context,
  {
    ai_interview_id,
    candidate,
    stage,
    score,
  }: { ai_interview_id: string; candidate: string; stage: Stage; score?: number },
): Promise<void> {
  const candidate_email = `${candidate.toLowerCase().replace(' ', '.')}@example.com`;
  const invitation = InviteCandidate.parse({ ai_interview_id, candidate_name: candidate, candidate_email });
  const { response_id } = await inviteCandidate(context, invitation);
  if (stage !== 'invited') await recordStart(context, { response_id });
  if (stage === 'submitted') {
    await recordSubmission(context, SubmitResponse.parse({ response_id, score, recommendation: 'A sample' }));
  }
}
