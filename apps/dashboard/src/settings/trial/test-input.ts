import type { SendTest } from '@interview-webhooks/schema';
import type { z } from 'zod';
import type { SettingsFormValues } from '../form-values.ts';
import { changedAuth } from '../settings-update.ts';

/** A test to where the form says now, saved or not. A stored secret is used by leaving it out. */
export function testInput(
  part: 'start' | 'submission',
  stored: SettingsFormValues,
  edited: SettingsFormValues,
): z.input<typeof SendTest> {
  const auth = changedAuth(stored.auth, edited.auth);
  return { event: part, url: edited[part].url.trim(), ...(auth !== undefined && { auth }) };
}
