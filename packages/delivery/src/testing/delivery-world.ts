import { ObjectId } from '@interview-webhooks/database';
import { testDatabase, type TestDatabase } from '@interview-webhooks/database/testing';
import {
  type Context,
  createInterview,
  createTargetGuard,
  createVault,
  inviteCandidate,
  loopbackNetworks,
  type Services,
  updateInterviewWebhookSettings,
  updateWebhookSettings,
} from '@interview-webhooks/domain';
import {
  allScopes,
  type DeliveryDetails,
  InterviewWebhookSettingsUpdate,
  InviteCandidate,
  WebhookSettingsUpdate,
} from '@interview-webhooks/schema';
import { getDelivery } from '@interview-webhooks/domain';
import { randomBytes } from 'node:crypto';
import { createDeliveryEngine, type DeliveryEngine } from '../engine/engine.ts';
import { defaultOptions, type EngineOptions, type EngineServices } from '../engine/engine-options.ts';
import { defaultSchedule } from '../attempt/retry-schedule.ts';
import { createSender, type SenderOptions } from '../sending/sender.ts';

export interface DeliveryWorld extends AsyncDisposable {
  readonly services: EngineServices;
  readonly logged: string[];
  now(): Date;
  advance(ms: number): void;
  /** Another worker on the same database. */
  engine(options?: Partial<EngineOptions>, services?: Partial<EngineServices>): DeliveryEngine;
  /** A workspace of its own, whose recorded events go to `engine`. */
  workspace(engine: Pick<DeliveryEngine, 'events' | 'sender'>): Promise<Context>;
}

/** How the world's sender differs from the usual one. */
export type WorldOptions = Pick<SenderOptions, 'deadlineMs' | 'lookup' | 'ca'> & {
  /** The database; one of its own unless given. Gone with the world. */
  on?: Pick<TestDatabase, 'database' | typeof Symbol.asyncDispose>;
};

/** Real database, real HTTP, and a clock that only the test moves. */
export async function deliveryWorld({ on, ...options }: WorldOptions = {}): Promise<DeliveryWorld> {
  const { database, [Symbol.asyncDispose]: dispose } = on ?? (await testDatabase());
  const sender = createSender({ allowedNetworks: loopbackNetworks, deadlineMs: 2_000, ...options });
  const logged: string[] = [];
  const engines: DeliveryEngine[] = [];
  let time = Date.parse('2026-01-31T12:00:00Z');
  const services: EngineServices = {
    database,
    vault: createVault({ sealWith: 'test', keys: new Map([['test', randomBytes(32)]]) }),
    targetGuard: createTargetGuard({
      allowedNetworks: loopbackNetworks,
      ...(options.lookup && { lookup: options.lookup }),
    }),
    now: () => new Date(time),
    localMode: false,
    publicUrl: () => 'https://hooks.example',
    sender,
  };
  return {
    services,
    logged,
    now: services.now,
    advance: (ms) => {
      time += ms;
    },
    engine: (options = {}, ownServices = {}) => {
      const log = {
        debug: () => undefined,
        info: () => undefined,
        error: (details: object, message: string) =>
          logged.push(`${message}: ${String((details as { err?: unknown }).err)}`),
      };
      const engine = createDeliveryEngine({
        services: { ...services, ...ownServices },
        log,
        schedule: defaultSchedule,
        ...defaultOptions,
        // Nobody says when the test moves its clock.
        ...{ waitingPollMs: 200, idlePollMs: 200 },
        random: () => 0.5,
        ...options,
      });
      engines.push(engine);
      return engine;
    },
    workspace: async ({ events, sender }) => {
      const workspace = await database.workspaces.create({ name: 'w', createdAt: services.now() });
      const everything: Services = { ...services, events, sender };
      return {
        ...everything,
        workspaceId: workspace.id,
        apiKeyId: new ObjectId().toHexString(),
        actor: { type: 'api_key', id: null, name: 'Owner' },
        scopes: allScopes,
      };
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(engines.map((engine) => engine.stop()));
      await sender.close();
      await dispose();
    },
  };
}

/** Changes the workspace's webhook settings. */
export function configure(context: Context, webhooks: unknown, updateAll = false) {
  return updateWebhookSettings(context, WebhookSettingsUpdate.parse({ webhooks, updateAll }));
}

/** Invites somebody to a new AI interview of the workspace, with webhooks of its own where there are any. */
export async function invitation(
  context: Context,
  webhooks?: unknown,
): Promise<{ response_id: string; ai_interview_id: string }> {
  const { ai_interview_id } = await createInterview(context, { ai_interview_name: 'Backend' });
  if (webhooks !== undefined) {
    const update = InterviewWebhookSettingsUpdate.parse({ ai_interview_id, webhooks });
    await updateInterviewWebhookSettings(context, update);
  }
  const invite = { candidate_name: 'Ada', candidate_email: 'ada@example.com', ai_interview_id };
  const { response_id } = await inviteCandidate(context, InviteCandidate.parse(invite));
  return { response_id, ai_interview_id };
}

/** The delivery of one event of a response, with its log. */
export function deliveryOf(
  context: Context,
  response_id: string,
  event: 'start' | 'submission',
): Promise<DeliveryDetails> {
  return getDelivery(context, { delivery_id: `evt_${response_id}_${event}` });
}
