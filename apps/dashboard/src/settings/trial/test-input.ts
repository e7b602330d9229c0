import type { SendTest } from '@interview-webhooks/schema';
import type { z } from 'zod';
import type { SettingsFormValues } from '../form-values.ts';
import { changedAuth } from '../settings-update.ts';

/**
 * A test to where the form says now, saved or not. A stored secret is used by leaving it out; see
 * {@link withholdsCredential}.
 */
export function testInput(
  part: 'start' | 'submission',
  stored: SettingsFormValues,
  edited: SettingsFormValues,
): z.input<typeof SendTest> {
  const auth = changedAuth(stored.auth, edited.auth);
  return { event: part, url: edited[part].url.trim(), ...(auth !== undefined && { auth }) };
}

/** Whether the server sends this test without the stored credential: it goes to the stored URLs' origins only. */
export function withholdsCredential(
  stored: SettingsFormValues,
  { url, auth }: z.input<typeof SendTest>,
): boolean {
  if (stored.auth.type === 'none' || auth !== undefined || url === undefined) return false;
  const origin = originOf(url);
  return ![stored.start.url, stored.submission.url].some((saved) => originOf(saved) === origin);
}

function originOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).origin : null;
}
