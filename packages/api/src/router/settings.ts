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
import { sync } from '../sync.ts';
import { procedure } from '../trpc.ts';

export const settingsRouter = {
  webhookSettings: procedure('settings:read')
    .output(sync(WebhookSettingsView))
    .query(({ ctx }) => getWebhookSettings(ctx)),

  updateWebhookSettings: procedure('settings:write')
    .use(completeFaults(WebhookSettingsUpdate, webhookSettingsFaults))
    .input(sync(WebhookSettingsUpdate))
    .output(sync(WebhookSettingsView))
    .mutation(({ ctx, input }) => updateWebhookSettings(ctx, input)),

  history: procedure('settings:read')
    .input(sync(PageRequest.prefault({})))
    .output(sync(WebhookSettingsHistory))
    .query(({ ctx, input }) => listSettingsHistory(ctx, input)),

  restore: procedure('settings:write')
    .input(sync(RestoreRevision))
    .output(sync(WebhookSettingsView))
    .mutation(({ ctx, input }) => restoreWebhookSettings(ctx, input)),

  test: procedure('settings:write')
    .meta({ scope: 'settings:write', takesLonger: true })
    .input(sync(SendTest))
    .output(sync(Attempt))
    .mutation(({ ctx, input }) => sendTest(ctx, input)),

  signingSecret: procedure('settings:write')
    .output(sync(SigningSecret))
    .query(({ ctx }) => revealSigningSecret(ctx)),

  rotateSigningSecret: procedure('settings:write')
    .input(sync(RotateSigningSecret.prefault({})))
    .output(sync(RotatedSigningSecret))
    .mutation(({ ctx, input }) => rotateSigningSecret(ctx, input)),
} satisfies TRPCRouterRecord;
