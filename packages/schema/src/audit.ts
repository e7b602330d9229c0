import { z } from 'zod';
import { Actor } from './actor.ts';
import { PageRequest, pageOf } from './page.ts';

/** What was done, by subject and act. */
export const AuditAction = z.enum([
  'settings.updated',
  'settings.restored',
  'settings.disabled',
  'settings.tested',
  'signing-secret.revealed',
  'signing-secret.rotated',
  'requests.listened',
  'interview-settings.updated',
  'interview-settings.dropped',
  'interview-settings.disabled',
  'api-key.created',
  'api-key.revoked',
  'api-key.recovered',
  'session.started',
  'session.ended',
  'session.revoked',
  'delivery.redelivered',
  'delivery.cancelled',
  'redelivery.created',
  'redelivery.cancelled',
  'response.evaluated',
  'demo.removed',
]);
export type AuditAction = z.infer<typeof AuditAction>;

/** What it was done to. Never holds a value: of settings, their revision; of a key, its name. */
export const AuditTarget = z.object({
  type: z.enum([
    'settings',
    'ai_interview',
    'endpoint',
    'api_key',
    'response',
    'delivery',
    'redelivery',
    'workspace',
  ]),
  id: z.string().meta({
    description: 'Of settings the revision, of an endpoint its URL without the query, of a test its origin.',
  }),
  name: z.string().nullable().meta({ description: 'As it was called then.' }),
});
export type AuditTarget = z.infer<typeof AuditTarget>;

/** One entry of the audit trail: who did what, to what and when. */
export const AuditEntry = z.object({
  audit_id: z.string(),
  action: AuditAction,
  actor: Actor,
  target: AuditTarget,
  reason: z.string().nullable().meta({ description: 'Why the system did it, where it did.' }),
  created_at: z.iso.datetime(),
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** Stands for the system itself where an actor is asked for. */
export const SYSTEM_ACTOR = 'system';

/** Which entries; everything given must hold. */
export const AuditFilter = z.strictObject({
  actor: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({
      description: `Id of the API key that did it, also through the dashboard; or \`${SYSTEM_ACTOR}\`.`,
    }),
  action: AuditAction.optional().meta({ description: 'What was done.' }),
  from: z.iso.datetime({ offset: true }).optional().meta({ description: 'Done then or later.' }),
  to: z.iso.datetime({ offset: true }).optional().meta({ description: 'Done before then.' }),
});
export type AuditFilter = z.infer<typeof AuditFilter>;

export const ListAudit = PageRequest.extend(AuditFilter.shape);
export type ListAudit = z.infer<typeof ListAudit>;

export const AuditPage = pageOf(AuditEntry);
