import {
  getWebhookSettings,
  listSettingsHistory,
  restoreWebhookSettings,
  revealSigningSecret,
  rotateSigningSecret,
  sendTest,
  updateWebhookSettings,
  webhookSettingsFaults,
} from '@interview-webhooks/domain';
import {
  Attempt,
  PageRequest,
  RestoreRevision,
  RotatedSigningSecret,
  RotateSigningSecret,
  SendTest,
  SigningSecret,
  WebhookSettingsHistory,
  WebhookSettingsUpdate,
  WebhookSettingsView,
} from '@interview-webhooks/schema';
import type { TRPCRouterRecord } from '@trpc/server';
import { completeFaults } from '../complete-faults.ts';
import { procedure } from '../trpc.ts';

export const settingsRouter = {
  webhookSettings: procedure('settings:read')
    .output(WebhookSettingsView)
    .query(({ ctx }) => getWebhookSettings(ctx)),

  updateWebhookSettings: procedure('settings:write')
    .use(completeFaults(WebhookSettingsUpdate, webhookSettingsFaults))
    .input(WebhookSettingsUpdate)
    .output(WebhookSettingsView)
    .mutation(({ ctx, input }) => updateWebhookSettings(ctx, input)),

  history: procedure('settings:read')
    .input(PageRequest.prefault({}))
    .output(WebhookSettingsHistory)
    .query(({ ctx, input }) => listSettingsHistory(ctx, input)),

  restore: procedure('settings:write')
    .input(RestoreRevision)
    .output(WebhookSettingsView)
    .mutation(({ ctx, input }) => restoreWebhookSettings(ctx, input)),

  test: procedure('settings:write')
    .meta({ scope: 'settings:write', takesLonger: true })
    .input(SendTest)
    .output(Attempt)
    .mutation(({ ctx, input }) => sendTest(ctx, input)),

  signingSecret: procedure('settings:write')
    .output(SigningSecret)
    .query(({ ctx }) => revealSigningSecret(ctx)),

  rotateSigningSecret: procedure('settings:write')
    .input(RotateSigningSecret.prefault({}))
    .output(RotatedSigningSecret)
    .mutation(({ ctx, input }) => rotateSigningSecret(ctx, input)),
} satisfies TRPCRouterRecord;
