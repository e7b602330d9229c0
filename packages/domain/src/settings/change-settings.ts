import type { RevisionAction, WebhookPart, WebhookSettings } from '@interview-webhooks/schema';
import { isDeepStrictEqual } from 'node:util';
import type { Context } from '../context.ts';
import { ConflictError } from '../errors.ts';
import { takeTurns } from '../take-turns.ts';
import { appendRevision, currentRevision } from './revisions.ts';

/** What a writer makes of the current settings. */
export interface ProposedSettings {
  settings: WebhookSettings;
  /** Parts to apply to all AI interviews that exist. */
  applyToAll: readonly WebhookPart[];
  action: RevisionAction;
  reason?: string;
  restoredFrom?: number;
}

/** Other processes are raced only; ten losses in a row mean something is wrong. */
const MAX_TRIES = 10;

/**
 * Appends what `propose` makes of the current settings as the next revision; an update that changes nothing
 * appends nothing. `propose` may be called more than once.
 *
 * @returns the settings that are in effect afterwards
 * @throws ConflictError when other processes were faster MAX_TRIES times
 */
export function changeSettings(
  context: Context,
  propose: (current: WebhookSettings) => ProposedSettings | Promise<ProposedSettings>,
): Promise<WebhookSettings> {
  const { workspaceId, actor, events } = context;
  return takeTurns(workspaceId, async () => {
    for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
      const current = await currentRevision(context);
      const { applyToAll, ...proposed } = await propose(current.settings);
      const { settings, action } = proposed;
      const changesSettings = applyToAll.length > 0 || !isDeepStrictEqual(settings, current.settings);
      if (!changesSettings && (action === 'updated' || action === 'disabled')) return settings;
      const revision = current.revision + 1;
      const appliedToAll = { ...current.appliedToAll };
      for (const part of applyToAll) appliedToAll[part] = revision;
      // The unique index on (workspaceId, revision) is the lock: a faster writer makes this insert fail.
      if (await appendRevision(context, { ...proposed, revision, appliedToAll })) {
        if (changesSettings) events.settingsChanged({ workspaceId, by: actor.type });
        return settings;
      }
    }
    throw new ConflictError('The settings are being changed by others at this moment; try again.');
  });
}
