import { z } from 'zod';
import { Actor } from '../actor.ts';
import { pageOf } from '../page.ts';
import { WebhookSettingsView } from './webhook-settings-view.ts';

export const Revision = z.int().min(0);

/** What an entry of the history records. */
export const RevisionAction = z.enum([
  'updated',
  'restored',
  'disabled',
  'secret-revealed',
  'secret-rotated',
  'listened',
]);
export type RevisionAction = z.infer<typeof RevisionAction>;

/** One entry of the settings' history: the whole settings after that change, who made it and when. */
export const WebhookSettingsRevision = WebhookSettingsView.extend({
  revision: Revision,
  action: RevisionAction,
  reason: z.string().nullable().meta({ description: 'Why the system did it, where it did.' }),
  updated_all: z
    .array(z.enum(['start', 'submission', 'auth']))
    .meta({ description: 'Parts that this change applied to all AI interviews that existed then.' }),
  restored_from: Revision.nullable().meta({ description: 'The revision this one brought back, if any.' }),
  actor: Actor,
  created_at: z.iso.datetime(),
});
export type WebhookSettingsRevision = z.infer<typeof WebhookSettingsRevision>;

export const WebhookSettingsHistory = pageOf(WebhookSettingsRevision);

/** Appends a new revision with the settings of an old one. */
export const RestoreRevision = z.strictObject({
  revision: Revision.min(1),
  updateAll: z.boolean().optional(),
});
export type RestoreRevision = z.infer<typeof RestoreRevision>;
