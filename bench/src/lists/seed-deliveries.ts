import {
  type Database,
  type DeliveryDocument,
  ObjectId,
  type ResponseDocument,
} from '@interview-webhooks/database';
import { countOutcomes, createInterview, searchKeys, type Context } from '@interview-webhooks/domain';
import { type EventType, statusClassOf } from '@interview-webhooks/schema';
import { eventId } from '@interview-webhooks/webhooks';

/** Small enough to be inserted within the time that any statement has. */
const BATCH = 2_000;
const DAY_MS = 86_400_000;
const INTERVIEWS = 200;
const soft = { ordered: false, writeConcern: { w: 1, journal: false } } as const;

const givenNames = [
  'Ada',
  'Alan',
  'Barbara',
  'Emmy',
  'Donald',
  'Edsger',
  'Frances',
  'Grace',
  'Hedy',
  'Ida',
  'Jean',
];
const familyNames = [
  'Lovelace',
  'Turing',
  'Liskov',
  'Noether',
  'Knuth',
  'Dijkstra',
  'Allen',
  'Hopper',
  'Lamarr',
  'Rhodes',
];

/** What there is to look for, and how rare it is. */
export interface Seeded {
  interviewId: string;
  /** Of an AI interview whose deliveries nearly all arrived. */
  responseId: string;
  /** The middle of the time that is covered. */
  middle: Date;
}

/** A number from 0 up to 1 that is the same for the same place in the same sequence. */
function chance(place: number): number {
  const mixed = Math.imul(place ^ (place >>> 15), 0x2c1b3c6d);
  return ((mixed ^ (mixed >>> 12)) >>> 0) / 2 ** 32;
}

/** Inserts `count` deliveries of 30 days, two for each response, as they look when nearly all is well. */
export async function seedDeliveries(context: Context, count: number): Promise<Seeded> {
  const interviews: { id: ObjectId; name: string }[] = [];
  for (let number = 1; number <= INTERVIEWS; number++) {
    const name = `Engineer ${number}, Team ${number % 20}`;
    const { ai_interview_id } = await createInterview(context, { ai_interview_name: name });
    interviews.push({ id: new ObjectId(ai_interview_id), name });
  }
  const workspaceId = new ObjectId(context.workspaceId);
  const beginMs = context.now().getTime() - 30 * DAY_MS;
  const spaceMs = (30 * DAY_MS) / (count / 2);
  let last: ResponseDocument | undefined;
  for (let done = 0; done < count / 2; done += BATCH / 2) {
    const responses: ResponseDocument[] = [];
    const deliveries: DeliveryDocument[] = [];
    for (let place = done; place < Math.min(done + BATCH / 2, count / 2); place++) {
      const interview = interviews[Math.floor(chance(place) ** 2 * INTERVIEWS)] ?? interviews[0];
      if (!interview) throw new Error('there are AI interviews');
      const at = new Date(beginMs + place * spaceMs);
      const response = responseAt(place, { workspaceId, interviewId: interview.id, at });
      responses.push(response);
      deliveries.push(
        deliveryOf(response, { interview, event: 'ai_interview.start', at, place: place * 2 }),
        deliveryOf(response, { interview, event: 'ai_interview.submission', at, place: place * 2 + 1 }),
      );
      last = response;
    }
    await insert(context.database, responses, deliveries);
    await countOutcomes(context, deliveries.filter(({ state }) => state !== 'pending').map(outcomeOf));
    if (done % 100_000 === 0) process.stderr.write(`  ${done * 2} deliveries\n`);
  }
  return {
    interviewId: interviews[3]?.id.toHexString() ?? '',
    responseId: last?._id.toHexString() ?? '',
    middle: new Date(beginMs + 15 * DAY_MS),
  };
}

async function insert(
  { direct }: Database,
  responses: ResponseDocument[],
  deliveries: DeliveryDocument[],
): Promise<void> {
  await direct.responses.insertMany(responses, soft);
  await direct.deliveries.insertMany(deliveries, soft);
}

function responseAt(
  place: number,
  { workspaceId, interviewId, at }: { workspaceId: ObjectId; interviewId: ObjectId; at: Date },
): ResponseDocument {
  const given = givenNames[place % givenNames.length] ?? '';
  const family = familyNames[(place * 7) % familyNames.length] ?? '';
  const email = `${given}.${family}.${place}@example.com`.toLowerCase();
  // A name that a few hundred have, and all of them long ago.
  const name = place % 20 === 0 && place < 10_000 ? `Zelda ${family}` : `${given} ${family}`;
  return {
    _id: new ObjectId(),
    workspaceId,
    interviewId,
    candidate: { id: new ObjectId(), name, email },
    search: searchKeys(name, email),
    status: 'Completed',
    invitedAt: at,
    opensAt: null,
    expiresAt: null,
    startedAt: at,
    submittedAt: at,
    result: null,
  };
}

interface Happened {
  interview: { id: ObjectId; name: string };
  event: EventType;
  at: Date;
  place: number;
}

/** How a delivery ended: most arrived; a few were given up, cancelled, or wait. */
function endOf(place: number): Pick<DeliveryDocument, 'state' | 'lastStatus' | 'lastError'> {
  const luck = chance(place + 7);
  if (luck < 0.9) return { state: 'delivered', lastStatus: 200, lastError: null };
  if (luck < 0.94) return { state: 'failed', lastStatus: 500, lastError: 'http-status' };
  if (luck < 0.95) return { state: 'failed', lastStatus: null, lastError: 'timeout' };
  if (luck < 0.99) return { state: 'cancelled', lastStatus: null, lastError: null };
  if (luck < 0.99999) return { state: 'pending', lastStatus: 503, lastError: 'http-status' };
  return { state: 'failed', lastStatus: 404, lastError: 'http-status' };
}

function deliveryOf(response: ResponseDocument, { interview, event, at, place }: Happened): DeliveryDocument {
  const { _id, workspaceId, candidate } = response;
  const end = endOf(place);
  const waits = end.state === 'pending';
  return {
    _id: eventId(_id.toHexString(), event),
    workspaceId,
    interviewId: interview.id,
    interviewName: interview.name,
    responseId: _id,
    candidateName: candidate.name,
    candidateEmail: candidate.email,
    event,
    body: JSON.stringify({ event, candidate, summary: 'Explains trade-offs clearly. '.repeat(20) }),
    ...end,
    lastStatusClass: statusClassOf(end.lastStatus),
    reason: null,
    trigger: 'event',
    attempts: 1,
    failures: 0,
    ...(waits && { dueAt: new Date(Date.now() + chance(place + 3) * 10 * 3_600_000) }),
    endpoint: `${workspaceId.toHexString()} https://example.com`,
    createdAt: at,
    finishedAt: waits ? null : at,
    expiresAt: new Date(at.getTime() + 90 * DAY_MS),
  };
}

function outcomeOf({ workspaceId, event, state, createdAt, expiresAt, lastStatus }: DeliveryDocument) {
  return {
    workspaceId,
    event,
    became: state === 'delivered' || state === 'cancelled' ? state : 'failed',
    at: createdAt,
    responseMs: lastStatus === null ? null : 20 + (createdAt.getTime() % 400),
    expiresAt,
  } as const;
}
