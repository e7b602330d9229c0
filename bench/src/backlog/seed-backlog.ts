import { type Database, type DeliveryDocument, ObjectId } from '@interview-webhooks/database';
import { endpointOf } from '@interview-webhooks/domain';
import { eventId } from '@interview-webhooks/webhooks';

const BATCH = 2_000;
const DAY_MS = 86_400_000;
const soft = { ordered: false, writeConcern: { w: 1, journal: false } } as const;

/** A workspace with one AI interview and its settings, and deliveries of starts that all failed once. */
export interface Backlog {
  readonly name: string;
  readonly deliveryIds: ReadonlySet<string>;
}

export interface BacklogOptions {
  name: string;
  deliveries: number;
  /** Where its webhooks go. */
  url: string;
  /** When all of them are due. */
  dueAt: Date;
}

export async function seedBacklog(
  database: Database,
  { name, deliveries, url, dueAt }: BacklogOptions,
): Promise<Backlog> {
  const createdAt = new Date();
  const workspace = await database.workspaces.create({ name, createdAt });
  const workspaceId = workspace._id;
  const actor = { type: 'system', id: null, name: 'Benchmark' } as const;
  await database.webhookSettings.create({
    workspaceId,
    revision: 1,
    settings: {
      start: { status: true, url },
      submission: { status: false, url: null },
      auth: { type: null },
    },
    appliedToAll: { start: 0, submission: 0, auth: 0 },
    action: 'updated',
    actor,
    createdAt,
  });
  const interview = await database.aiInterviews.create({
    workspaceId,
    name: 'Benchmark',
    search: [],
    revision: 1,
    createdAt,
  });
  const endpoint = endpointOf(workspace.id, url);
  const deliveryIds = new Set<string>();
  while (deliveryIds.size < deliveries) {
    const batch = Array.from({ length: Math.min(BATCH, deliveries - deliveryIds.size) }, () =>
      failedOnce({ workspaceId, interviewId: interview._id, endpoint, createdAt, dueAt }),
    );
    await database.direct.deliveries.insertMany(batch, soft);
    for (const { _id } of batch) deliveryIds.add(_id);
  }
  return { name, deliveryIds };
}

type Failed = Pick<DeliveryDocument, 'workspaceId' | 'interviewId' | 'endpoint' | 'createdAt'> & {
  dueAt: Date;
};

function failedOnce({ createdAt, ...of }: Failed): DeliveryDocument {
  const responseId = new ObjectId();
  return {
    _id: eventId(responseId.toHexString(), 'ai_interview.start'),
    ...of,
    interviewName: 'Benchmark',
    responseId,
    candidateName: 'Ada Lovelace',
    candidateEmail: 'ada@example.com',
    event: 'ai_interview.start',
    body: JSON.stringify({ filler: 'x'.repeat(600) }),
    state: 'pending',
    reason: null,
    trigger: 'retry',
    attempts: 1,
    failures: 1,
    lastStatus: 503,
    lastStatusClass: '5xx',
    lastError: 'http-status',
    createdAt,
    finishedAt: null,
    expiresAt: new Date(createdAt.getTime() + 90 * DAY_MS),
  };
}
