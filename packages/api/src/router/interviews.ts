import {
  countInterviews,
  createInterview,
  getInterview,
  getInterviewWebhookSettings,
  interviewWebhookSettingsFaults,
  listInterviews,
  updateInterviewWebhookSettings,
  useGlobalSettings,
} from '@interview-webhooks/domain';
import {
  AiInterview,
  AiInterviewCount,
  AiInterviewDetails,
  AiInterviewPage,
  AiInterviewRef,
  CreateAiInterview,
  InterviewWebhookSettingsUpdate,
  ListAiInterviews,
  WebhookSettingsView,
} from '@interview-webhooks/schema';
import type { TRPCRouterRecord } from '@trpc/server';
import { completeFaults } from '../complete-faults.ts';
import { sync } from '../sync.ts';
import { procedure, sharedQuery } from '../trpc.ts';

export const interviewsRouter = {
  create: procedure('interviews:write')
    .input(sync(CreateAiInterview))
    .output(sync(AiInterview))
    .mutation(({ ctx, input }) => createInterview(ctx, input)),

  list: sharedQuery('interviews:read')
    .input(sync(ListAiInterviews.prefault({})))
    .output(sync(AiInterviewPage))
    .query(({ ctx, input }) => listInterviews(ctx, input)),

  count: sharedQuery('interviews:read')
    .output(sync(AiInterviewCount))
    .query(({ ctx }) => countInterviews(ctx)),

  get: procedure('interviews:read')
    .input(sync(AiInterviewRef))
    .output(sync(AiInterviewDetails))
    .query(({ ctx, input }) => getInterview(ctx, input)),

  webhookSettings: procedure('settings:read')
    .input(sync(AiInterviewRef))
    .output(sync(WebhookSettingsView))
    .query(({ ctx, input }) => getInterviewWebhookSettings(ctx, input)),

  updateWebhookSettings: procedure('settings:write')
    .use(completeFaults(InterviewWebhookSettingsUpdate, interviewWebhookSettingsFaults))
    .input(sync(InterviewWebhookSettingsUpdate))
    .output(sync(WebhookSettingsView))
    .mutation(({ ctx, input }) => updateInterviewWebhookSettings(ctx, input)),

  useGlobalSettings: procedure('settings:write')
    .input(sync(AiInterviewRef))
    .output(sync(WebhookSettingsView))
    .mutation(({ ctx, input }) => useGlobalSettings(ctx, input)),
} satisfies TRPCRouterRecord;
