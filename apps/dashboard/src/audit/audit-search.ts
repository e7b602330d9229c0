import { AuditFilter } from '@interview-webhooks/schema';
import type { z } from 'zod';

/** The parameters of the audit trail's address. */
export const AuditSearch = AuditFilter.pick({ actor: true, action: true });
export type AuditSearch = z.infer<typeof AuditSearch>;
