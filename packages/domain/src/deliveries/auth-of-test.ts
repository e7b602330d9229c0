import type { Fault, SendTest, WebhookAuth, WebhookSettings } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';
import { mergeWebhookSettings } from '../settings/merge-webhook-settings.ts';
import { sealFor } from '../settings/seal-for.ts';

/**
 * How a test authenticates at `target`: as stored, with `auth` of the request over it. The stored credential goes to
 * the origins of the stored URLs only, where every webhook takes it anyway. A URL that is only being tried could be
 * anybody's, and a test leaves no settings revision behind; so it gets the credential in the request, or none.
 *
 * @returns the auth with its secret sealed, and what is missing, by its path in the request
 */
export function authOfTest(
  context: Context,
  stored: WebhookSettings,
  { target, auth }: { target: string | null; auth: SendTest['auth'] },
): { auth: WebhookAuth; faults: Fault[] } {
  const known = target === null || isStoredOrigin(stored, target);
  const { settings, faults } = mergeWebhookSettings(
    known ? stored : { ...stored, auth: { type: null } },
    { ...(auth !== undefined && { auth }) },
    sealFor(context),
  );
  const withheld = !known && stored.auth.type !== null;
  return {
    auth: settings.auth,
    faults: faults.map(({ path, message }) => ({
      path: path.replace(/^webhooks\./, ''),
      message: withheld ? NOT_SENT_THERE : message,
    })),
  };
}

const NOT_SENT_THERE =
  "is required; what is stored is sent to the stored URLs' origins only, and this URL has another one";

/** Scheme, host and port are those of a stored URL. */
function isStoredOrigin({ start, submission }: WebhookSettings, target: string): boolean {
  const { origin } = new URL(target);
  return [start.url, submission.url].some((url) => url !== null && new URL(url).origin === origin);
}
