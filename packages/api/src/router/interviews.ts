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
import { procedure, sharedQuery } from '../trpc.ts';

export const interviewsRouter = {
  create: procedure('interviews:write')
    .input(CreateAiInterview)
    .output(AiInterview)
    .mutation(({ ctx, input }) => createInterview(ctx, input)),

  list: sharedQuery('interviews:read')
    .input(ListAiInterviews.prefault({}))
    .output(AiInterviewPage)
    .query(({ ctx, input }) => listInterviews(ctx, input)),

  count: sharedQuery('interviews:read')
    .output(AiInterviewCount)
    .query(({ ctx }) => countInterviews(ctx)),

  get: procedure('interviews:read')
    .input(AiInterviewRef)
    .output(AiInterviewDetails)
    .query(({ ctx, input }) => getInterview(ctx, input)),

  webhookSettings: procedure('settings:read')
    .input(AiInterviewRef)
    .output(WebhookSettingsView)
    .query(({ ctx, input }) => getInterviewWebhookSettings(ctx, input)),

  updateWebhookSettings: procedure('settings:write')
    .use(completeFaults(InterviewWebhookSettingsUpdate, interviewWebhookSettingsFaults))
    .input(InterviewWebhookSettingsUpdate)
    .output(WebhookSettingsView)
    .mutation(({ ctx, input }) => updateInterviewWebhookSettings(ctx, input)),

  useGlobalSettings: procedure('settings:write')
    .input(AiInterviewRef)
    .output(WebhookSettingsView)
    .mutation(({ ctx, input }) => useGlobalSettings(ctx, input)),
} satisfies TRPCRouterRecord;
