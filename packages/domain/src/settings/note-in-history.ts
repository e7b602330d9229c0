import type { RevisionAction } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { changeSettings } from './change-settings.ts';

/** Records in the settings' history something that leaves the settings as they are. */
export async function noteInHistory(context: Context, action: RevisionAction): Promise<void> {
  await changeSettings(context, (settings) => ({ settings, applyToAll: [], action }));
}
