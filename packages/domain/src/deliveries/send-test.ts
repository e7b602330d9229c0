import { ObjectId } from '@interview-webhooks/database';
import {
  type Attempt,
  exampleEvents,
  type SendTest,
  urlAsSent,
  type WebhookEvent,
} from '@interview-webhooks/schema';
import { noteAct } from '../audit/note-act.ts';
import type { Context } from '../context.ts';
import { InvalidInputError } from '../errors.ts';
import { currentRevision } from '../settings/revisions.ts';
import { authOfTest } from './auth-of-test.ts';
import { attemptView } from './delivery-view.ts';
import { isListenedTo } from '../listening/sent-requests.ts';
import { makeAttempt } from './make-attempt.ts';
import { signingSecrets } from './signing-secrets.ts';

/**
 * Sends a sample event, marked as a test, to the stored URL or to one that is only being tried. Waits for the
 * answer; nothing but the act's note in the audit trail is stored, and nothing is retried.
 *
 * @returns the attempt's whole record
 * @throws InvalidInputError when there is no URL to send to, it is not allowed, or a credential is missing
 */
export async function sendTest(context: Context, { event: part, url, auth }: SendTest): Promise<Attempt> {
  const { settings: stored, revision } = await currentRevision(context);
  const storedUrl = stored[part].url;
  const target = url ?? (storedUrl === null ? null : urlAsSent(storedUrl));
  const authentication = authOfTest(context, stored, { target, auth });
  const refused = authentication.faults;
  const urlFault =
    target === null
      ? 'is required; none is stored for this event'
      : await context.targetGuard.faultOf(target, context.workspaceId);
  if (urlFault !== null) refused.push({ path: 'url', message: urlFault });
  if (refused.length > 0 || target === null) throw new InvalidInputError(refused);

  const { origin } = new URL(target);
  await noteAct(context, { action: 'settings.tested', target: { type: 'endpoint', id: origin } });

  const event = sampleEvent(part, context.now());
  const body = JSON.stringify(event);
  const { attempt } = await makeAttempt(context, {
    workspaceId: context.workspaceId,
    id: event.event_id,
    body,
    number: 1,
    trigger: 'test',
    url: target,
    auth: authentication.auth,
    settingsRevision: revision,
    signingSecrets: await signingSecrets(context),
    isListenedTo: await isListenedTo(context),
  });
  return attemptView(attempt, body);
}

/** The documented example as if it happened at `at`. */
function sampleEvent(part: SendTest['event'], at: Date): WebhookEvent {
  return {
    ...exampleEvents[part],
    event_id: `evt_test_${new ObjectId().toHexString()}`,
    timestamp: at.toISOString(),
    test: true,
  };
}
