import { ObjectId } from '@interview-webhooks/database';
import { commandsDuring, nameOf } from '@interview-webhooks/database/testing';
import {
  AuditAction,
  type AuditEntry,
  InviteCandidate,
  type ListAudit,
  SYSTEM_ACTOR,
  WebhookSettingsUpdate,
} from '@interview-webhooks/schema';
import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { authenticateApiKey } from '../access/authenticate.ts';
import { createApiKey } from '../access/create-api-key.ts';
import { endSession } from '../access/open-sessions.ts';
import { recoverOwnerKey } from '../access/recover-owner-key.ts';
import { revokeApiKey } from '../access/revoke-api-key.ts';
import { signIn, signOut } from '../access/sessions.ts';
import type { Context } from '../context.ts';
import { disableEndpoint } from '../deliveries/disable-webhook.ts';
import { cancelDelivery, redeliver } from '../deliveries/change-delivery.ts';
import { cancelRedelivery, createRedelivery } from '../deliveries/redeliveries.ts';
import { revealSigningSecret, rotateSigningSecret } from '../deliveries/signing-secrets.ts';
import { sendTest } from '../deliveries/send-test.ts';
import { removeDemo } from '../demo/remove-demo.ts';
import { createInboxes } from '../inbox/inboxes.ts';
import { createInterview } from '../interviews/create-interview.ts';
import { updateInterviewWebhookSettings } from '../interviews/update-interview-webhook-settings.ts';
import { useGlobalSettings } from '../interviews/use-global-settings.ts';
import { listenToRequests } from '../listening/listen-to-requests.ts';
import { evaluateResponse } from '../responses/evaluate-response.ts';
import { inviteCandidate } from '../responses/invite-candidate.ts';
import { recordSubmission } from '../responses/record-submission.ts';
import { restoreWebhookSettings } from '../settings/restore-webhook-settings.ts';
import { updateWebhookSettings } from '../settings/update-webhook-settings.ts';
import { plansOf } from '../testing/explain.ts';
import { type TestWorld, testWorld } from '../testing/test-context.ts';
import { listAudit } from './list-audit.ts';

let world: TestWorld;
let context: Context;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const list = async (of: Context, filter: Partial<ListAudit> = {}): Promise<AuditEntry[]> =>
  (await listAudit(of, { limit: 100, ...filter })).data;
const start = (url: string) => WebhookSettingsUpdate.parse({ webhooks: { start: { status: true, url } } });

const newOwner = () => world.newOwner({ demo: { url: 'https://demo.example/' } });

/** Everything that is noted, each a second after the other. */
async function doEverything(owner: Context): Promise<Record<string, string>> {
  const password = 'never-in-the-trail';
  const does = async <Result>(act: Promise<Result>): Promise<Result> => {
    const result = await act;
    world.advance(1_000);
    return result;
  };
  await does(updateWebhookSettings(owner, start('https://example.com/hook')));
  // Nothing is sent here; what it was to be sent to is noted before.
  await does(sendTest(owner, { event: 'start' }).catch(() => undefined));
  const { ai_interview_id } = await createInterview(owner, { ai_interview_name: 'Backend' });
  const auth = { type: 'basic', basic: { username: 'u', password } } as const;
  const own = { ai_interview_id, webhooks: WebhookSettingsUpdate.parse({ webhooks: { auth } }).webhooks };
  await does(updateInterviewWebhookSettings(owner, own));
  await does(useGlobalSettings(owner, { ai_interview_id }));
  await does(restoreWebhookSettings(owner, { revision: 1 }));
  // Noted before it is sent, which nothing is here.
  await does(sendTest(owner, { event: 'start' }).catch(() => undefined));
  await does(revealSigningSecret(owner));
  await does(rotateSigningSecret(owner, { overlap_hours: 1 }));
  const { api_key, api_key_id } = await does(
    createApiKey(owner, { name: 'ATS', scopes: ['keys:manage', 'settings:read'] }),
  );
  const ats = await authenticateApiKey(owner, api_key);
  const use = { address: '192.0.2.1', userAgent: undefined };
  const { token } = await does(signIn(owner, ats, use));
  await does(signOut(owner, token));
  const { principal } = await signIn(owner, ats, use);
  await does(endSession(owner, { session_id: principal.sessionId ?? '' }));
  await does(revokeApiKey(owner, { api_key_id }));
  const recovered = await does(recoverOwnerKey(owner, owner.workspaceId));
  const delivery_id = await deliveryIn(owner);
  await does(redeliver(owner, { delivery_id }));
  await does(cancelDelivery(owner, { delivery_id }));
  const { redelivery_id } = await does(createRedelivery(owner, { state: 'failed' }));
  await does(cancelRedelivery(owner, { redelivery_id }));
  const invited = await inviteCandidate(
    owner,
    InviteCandidate.parse({ ai_interview_id, candidate_name: 'Ada', candidate_email: 'ada@example.com' }),
  );
  await recordSubmission(owner, { response_id: invited.response_id });
  await does(evaluateResponse(owner, { response_id: invited.response_id, score: 9 }));
  const { workspaceId } = owner;
  await does(listenToRequests(owner, {}, new AbortController().signal).next());
  await does(
    disableEndpoint(owner, { workspaceId, url: 'https://example.com/hook', reason: 'It only fails.' }),
  );
  await does(removeDemo({ ...owner, inboxes: createInboxes(() => 'http://127.0.0.1:1') }));
  return { password, apiKey: api_key, token, recovered: recovered?.api_key ?? '' };
}

async function deliveryIn({ database, workspaceId, now }: Context): Promise<string> {
  const _id = `evt_${new ObjectId().toHexString()}_start`;
  await database.deliveries.create({
    _id,
    workspaceId,
    interviewId: new ObjectId(),
    interviewName: 'Backend',
    responseId: new ObjectId(),
    candidateName: 'Ada',
    candidateEmail: 'ada@example.com',
    event: 'ai_interview.start',
    body: '{}',
    state: 'failed',
    trigger: 'event',
    attempts: 1,
    failures: 1,
    endpoint: `${workspaceId} https://example.com`,
    lastStatusClass: 'none',
    createdAt: now(),
    expiresAt: new Date('2027-01-01'),
  });
  return _id;
}

test('every act is in the trail, with who did it and to what, and never with a secret', async () => {
  context = await newOwner();
  const secrets = await doEverything(context);
  const trail = await list(context);
  expect(new Set(trail.map(({ action }) => action))).toEqual(new Set(AuditAction.options));
  const times = trail.map(({ created_at }) => created_at);
  expect(times).toEqual(times.toSorted().toReversed());
  const by = (action: AuditAction) => trail.find((entry) => entry.action === action);
  expect(by('api-key.created')).toMatchObject({
    actor: { id: context.apiKeyId, name: 'Owner' },
    target: { type: 'api_key' },
  });
  expect(by('session.started')).toMatchObject({ actor: { type: 'dashboard', name: 'ATS' } });
  expect(by('interview-settings.updated')).toMatchObject({
    target: { type: 'ai_interview', name: 'Backend' },
  });
  expect(by('settings.restored')).toMatchObject({ target: { type: 'settings', id: '2' } });
  expect(by('interview-settings.disabled')).toMatchObject({
    actor: { type: 'system', id: null },
    target: { type: 'endpoint', id: 'https://example.com/hook' },
    reason: 'It only fails.',
  });
  const stored = JSON.stringify(await context.database.auditEntries.find().lean());
  for (const secret of Object.values(secrets)) {
    expect(JSON.stringify(trail)).not.toContain(secret);
    expect(stored).not.toContain(secret);
  }
});

it('has nothing of what was refused', async () => {
  const owner = await newOwner();
  const delivery_id = await deliveryIn(owner);
  const before = await list(owner);
  await expect(cancelDelivery(owner, { delivery_id })).rejects.toMatchObject({ code: 'conflict' });
  await owner.database.deliveries.updateOne({ _id: delivery_id }, { $set: { state: 'delivering' } });
  await expect(redeliver(owner, { delivery_id })).rejects.toMatchObject({ code: 'conflict' });
  await expect(redeliver(owner, { delivery_id: 'evt_none_start' })).rejects.toMatchObject({
    code: 'not-found',
  });
  await expect(revokeApiKey(owner, { api_key_id: owner.apiKeyId })).rejects.toMatchObject({
    code: 'conflict',
  });
  expect(await list(owner)).toEqual(before);
});

it('is written before the act: a crash leaves no act without its entry', async () => {
  const owner = await newOwner();
  const sent = await commandsDuring(owner.database, () =>
    createApiKey(owner, { name: 'x', scopes: ['settings:read'] }),
  );
  const inserts = sent.filter(({ commandName }) => commandName === 'insert');
  expect(inserts.map(nameOf)).toEqual(['insert audit_entries', 'insert api_keys']);
});

it('gives each entry once, page by page, also within one millisecond', async () => {
  const owner = await newOwner();
  for (let n = 0; n < 7; n++) {
    await createApiKey(owner, { name: `key ${n}`, scopes: ['settings:read'] });
    await updateWebhookSettings(owner, start(`https://example.com/${n}`));
    if (n % 3 === 0) world.advance(1);
  }
  const all = await list(owner);
  expect(all).toHaveLength(14);
  const paged: AuditEntry[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await listAudit(owner, { limit: 3, cursor });
    paged.push(...page.data);
    cursor = page.next_cursor;
  } while (cursor !== null);
  expect(paged).toEqual(all);
  await expect(listAudit(owner, { limit: 3, cursor: 'MSBub25l' })).rejects.toMatchObject({
    code: 'invalid-input',
  });
});

const filters: Record<string, (all: readonly AuditEntry[]) => Partial<ListAudit>> = {
  nothing: () => ({}),
  'an action': () => ({ action: 'session.started' }),
  'an action of the settings': () => ({ action: 'settings.updated' }),
  'an actor': () => ({ actor: context.apiKeyId }),
  'the system': () => ({ actor: SYSTEM_ACTOR }),
  'an actor and an action': () => ({ actor: context.apiKeyId, action: 'delivery.redelivered' }),
  time: (all) => ({ from: all[9]?.created_at ?? '', to: all[2]?.created_at ?? '' }),
};

test.each(Object.entries(filters))(
  'a filter by %s gives what it says, from an index alone',
  async (_name, make) => {
    const all = await list(context);
    const filter = make(all);
    const expected = all.filter(
      ({ action, actor, created_at }) =>
        (filter.action === undefined || action === filter.action) &&
        (filter.actor === undefined || (actor.id ?? SYSTEM_ACTOR) === filter.actor) &&
        (filter.from === undefined || created_at >= filter.from) &&
        (filter.to === undefined || created_at < filter.to),
    );
    expect(expected).not.toHaveLength(0);
    expect(await list(context, filter)).toEqual(expected);
    const plans = await plansOf(context.database, () => listAudit(context, { limit: 2, ...filter }));
    expect(plans.length).toBeGreaterThan(0);
    for (const { stages, docs } of plans) {
      expect(stages).toContain('IXSCAN');
      expect(stages).not.toContain('SORT');
      expect(docs).toBeLessThanOrEqual(3);
    }
  },
);
