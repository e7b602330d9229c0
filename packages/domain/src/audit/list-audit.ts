import {
  type AuditEntryDocument,
  auditIndexes,
  type WebhookSettingsDocument,
} from '@interview-webhooks/database';
import {
  AuditAction,
  type AuditEntry,
  type AuditFilter,
  type ListAudit,
  type Page,
  RevisionAction,
  SYSTEM_ACTOR,
} from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { cutPage } from '../paging.ts';
import { byTime, cursorOfPlace, inTime, type Place, placeOfId } from '../places.ts';
import { revisionActions } from './revision-actions.ts';

type Stored = Pick<AuditEntryDocument, '_id' | 'action' | 'actor' | 'target' | 'reason' | 'createdAt'>;

interface Stretch {
  filter: AuditFilter;
  from: Place | undefined;
  count: number;
}

/**
 * The workspace's audit trail, newest first: the entries of its own merged with the settings' revisions, each read in
 * the order of an index and no further than it is shown.
 */
export async function listAudit(
  context: Context,
  { cursor, limit, ...filter }: ListAudit,
): Promise<Page<AuditEntry>> {
  const from = cursor == null ? undefined : placeOfId(cursor);
  const stretch = { filter, from, count: limit + 1 };
  const found = await Promise.all([entries(context, stretch), revisions(context, stretch)]);
  const newest = found
    .flat()
    .map((entry) => ({ entry, createdAt: entry.createdAt, _id: entry._id.toHexString() }))
    .sort(byTime);
  return cutPage(newest, limit, { entry: ({ entry }) => entryView(entry), cursor: cursorOfPlace });
}

const newestFirst = { createdAt: -1, _id: -1 } as const;

async function entries(context: Context, stretch: Stretch): Promise<Stored[]> {
  const { action } = stretch.filter;
  return context.database.auditEntries
    .find(matching(context, stretch, action ? [action] : AuditAction.options))
    .sort(newestFirst)
    .limit(stretch.count)
    .hint(indexFor(stretch.filter))
    .lean();
}

async function revisions(context: Context, stretch: Stretch): Promise<Stored[]> {
  const { action } = stretch.filter;
  const actions = RevisionAction.options.filter((one) => !action || revisionActions[one] === action);
  if (actions.length === 0) return [];
  const found = await context.database.webhookSettings
    .find(matching(context, stretch, actions))
    .sort(newestFirst)
    .limit(stretch.count)
    .hint(indexFor(stretch.filter))
    .lean();
  return found.map(entryOfRevision);
}

function matching(
  { workspaceId }: Context,
  { filter: { actor, from, to }, from: place }: Stretch,
  actions: readonly string[],
): Record<string, unknown> {
  return {
    $and: [
      { workspaceId, action: { $in: actions } },
      ...(actor === undefined ? [] : [{ 'actor.id': actor === SYSTEM_ACTOR ? null : actor }]),
      ...(from ? [{ createdAt: { $gte: new Date(from) } }] : []),
      ...(to ? [{ createdAt: { $lt: new Date(to) } }] : []),
      ...inTime('before', place),
    ],
  };
}

function indexFor({ actor }: AuditFilter): Record<string, 1 | -1> {
  return actor === undefined ? auditIndexes.all : auditIndexes.ofActor;
}

function entryOfRevision(document: WebhookSettingsDocument): Stored {
  const { _id, revision, action, actor, reason, createdAt } = document;
  return {
    _id,
    action: revisionActions[action],
    actor,
    target: { type: 'settings', id: String(revision), name: null },
    reason,
    createdAt,
  };
}

function entryView({ _id, action, actor, target, reason, createdAt }: Stored): AuditEntry {
  return {
    audit_id: _id.toHexString(),
    action,
    actor: { type: actor.type, id: actor.id, name: actor.name },
    target: { type: target.type, id: target.id, name: target.name },
    reason,
    created_at: createdAt.toISOString(),
  };
}
