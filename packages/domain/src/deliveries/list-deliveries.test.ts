import { type DeliveryDocument, ObjectId, type ResponseDocument } from '@interview-webhooks/database';
import {
  type Delivery,
  DeliveryState,
  EventType,
  ListDeliveries,
  StatusClass,
} from '@interview-webhooks/schema';
import { eventId } from '@interview-webhooks/webhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { createInterview } from '../interviews/create-interview.ts';
import { LOOKED_AT } from '../search/bounded-page.ts';
import { searchKeys } from '../search/search-keys.ts';
import { plansOf } from '../testing/explain.ts';
import { type TestWorld, testWorld } from '../testing/test-context.ts';
import { listDeliveries } from './list-deliveries.ts';

const RESPONSES = 2_600;
const BEGIN_MS = Date.parse('2026-01-01T00:00:00Z');
const statuses = [200, 204, 302, 404, 503, null, 999] as const;
const names = ['Ada Lovelace', 'Alan Turing', 'Grace Hopper', 'Zoë Müller'];

let world: TestWorld;
let context: Context;
let stored: DeliveryDocument[];
beforeAll(async () => {
  world = await testWorld();
  context = world.newWorkspace();
  stored = await seed(context);
  await seed(world.newWorkspace());
});
afterAll(() => world[Symbol.asyncDispose]());

/** Two deliveries for each response, several of them in the same millisecond. */
async function seed(of: Context): Promise<DeliveryDocument[]> {
  const interviews = await Promise.all(
    ['Backend engineer', 'Data engineer', 'Nurse'].map((ai_interview_name) =>
      createInterview(of, { ai_interview_name }),
    ),
  );
  const workspaceId = new ObjectId(of.workspaceId);
  const responses: ResponseDocument[] = [];
  const deliveries: DeliveryDocument[] = [];
  for (let n = 0; n < RESPONSES; n++) {
    const interview = interviews[n % 13 === 0 ? 2 : n % 2];
    if (!interview) throw new Error('there are three');
    const candidate = { name: names[n % 50 === 0 ? 3 : n % 3] ?? '', email: `candidate-${n}@example.com` };
    const response = {
      _id: new ObjectId(),
      workspaceId,
      interviewId: new ObjectId(interview.ai_interview_id),
      candidate: { id: new ObjectId(), ...candidate },
      search: searchKeys(candidate.name, candidate.email),
      status: 'Completed',
      invitedAt: new Date(BEGIN_MS),
      opensAt: null,
      expiresAt: null,
      startedAt: null,
      submittedAt: null,
      result: null,
    } as const;
    responses.push({ ...response, search: [...response.search] });
    for (const event of EventType.options) {
      const status = statuses[(n * 5 + event.length) % statuses.length] ?? null;
      deliveries.push({
        _id: eventId(response._id.toHexString(), event),
        workspaceId,
        interviewId: response.interviewId,
        interviewName: interview.ai_interview_name,
        responseId: response._id,
        candidateName: candidate.name,
        candidateEmail: candidate.email,
        event,
        body: '{}',
        state: DeliveryState.options[(n + event.length) % 5] ?? 'failed',
        reason: null,
        trigger: 'event',
        attempts: 1,
        failures: 0,
        endpoint: `${of.workspaceId} https://example.com`,
        lastStatus: status,
        lastStatusClass:
          StatusClass.options[status === null ? 5 : Math.min(Math.floor(status / 100) - 2, 4)] ?? 'none',
        lastError: null,
        createdAt: new Date(BEGIN_MS + Math.floor(((n * 7919) % RESPONSES) / 3) * 1000),
        finishedAt: null,
        expiresAt: new Date('2027-01-01'),
      });
    }
  }
  await of.database.direct.responses.insertMany(responses);
  await of.database.direct.deliveries.insertMany(deliveries);
  return deliveries;
}

const at = (seconds: number) => new Date(BEGIN_MS + seconds * 1000).toISOString();
const interviewOf = (n: number) => stored[2 * n]?.interviewId.toHexString() ?? '';
const filters: Record<string, () => Partial<ListDeliveries>> = {
  nothing: () => ({}),
  event: () => ({ event: 'ai_interview.submission' }),
  state: () => ({ state: 'failed' }),
  'status class': () => ({ status_class: '5xx' }),
  'a status class that is rare': () => ({ status_class: 'none', state: 'delivered' }),
  'AI interview': () => ({ ai_interview_id: interviewOf(0) }),
  'AI interview, state and event': () => ({
    ai_interview_id: interviewOf(1),
    state: 'cancelled',
    event: 'ai_interview.start',
  }),
  'no AI interview': () => ({ ai_interview_id: 'nonsense' }),
  response: () => ({ response_id: stored[7]?.responseId.toHexString() ?? '' }),
  time: () => ({ from: at(100), to: at(300) }),
  'time and state': () => ({ from: at(100), to: at(300), state: 'pending' }),
  'text that few have': () => ({ text: 'zoë' }),
  'an e-mail address': () => ({ text: 'candidate-77@example.com' }),
  'text that many have': () => ({ text: 'candidate' }),
  'text that many have, and a state': () => ({ text: 'LOVE', state: 'failed', status_class: '4xx' }),
  'the name of an AI interview': () => ({ text: 'nurse' }),
  'text of a candidate and of one AI interview': () => ({
    text: 'grace hop',
    ai_interview_id: interviewOf(0),
  }),
  'text within a word': () => ({ text: 'ovelace' }),
  'text without a letter': () => ({ text: '@.' }),
};

function isWanted(filter: Partial<ListDeliveries>) {
  const { event, state, status_class, ai_interview_id, response_id, from, to, text } = filter;
  const beginsWord = new RegExp(`(?<![\\p{L}\\p{N}])${text?.replace('.', '\\.') ?? ''}`, 'iu');
  return (delivery: DeliveryDocument) =>
    (!event || delivery.event === event) &&
    (!state || delivery.state === state) &&
    (!status_class || delivery.lastStatusClass === status_class) &&
    (!ai_interview_id || delivery.interviewId.toHexString() === ai_interview_id) &&
    (!response_id || delivery.responseId.toHexString() === response_id) &&
    (!from || delivery.createdAt >= new Date(from)) &&
    (!to || delivery.createdAt < new Date(to)) &&
    (!text ||
      (/[a-z]/i.test(text) &&
        [delivery.interviewName, delivery.candidateName, delivery.candidateEmail].some((field) =>
          beginsWord.test(field),
        )));
}

const list = (filter: Partial<ListDeliveries>) => listDeliveries(context, ListDeliveries.parse(filter));

describe.each(Object.entries(filters))('deliveries by %s', (_name, filterOf) => {
  it('are each on one page, newest first', async () => {
    const shown: Delivery[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof list>> = await list({ ...filterOf(), limit: 97, cursor });
      shown.push(...page.data);
      cursor = page.next_cursor;
    } while (cursor !== null);
    const wanted = stored
      .filter(isWanted(filterOf()))
      .sort((one, other) =>
        one.createdAt > other.createdAt || (+one.createdAt === +other.createdAt && one._id > other._id)
          ? -1
          : 1,
      );
    expect(shown.map(({ delivery_id }) => delivery_id)).toEqual(wanted.map(({ _id }) => _id));
  });

  it('are read from an index, in its order, and no more of them than are shown', async () => {
    const { next_cursor } = await list({ ...filterOf(), limit: 10 });
    const plans = await plansOf(context.database, () =>
      list({ ...filterOf(), limit: 10, cursor: next_cursor }),
    );
    for (const { stages, keys, docs } of plans) {
      expect(stages).not.toContain('COLLSCAN');
      if (filterOf().text === undefined) {
        // The page, and what shares a millisecond with its beginning; and a look into each of sixty combinations.
        expect(docs).toBeLessThanOrEqual(11 + 6);
        expect(keys).toBeLessThanOrEqual(60 + 11 + 6);
        if (filterOf().response_id === undefined) expect(stages).not.toContain('SORT');
      } else {
        expect(docs).toBeLessThanOrEqual(LOOKED_AT + 6);
        expect(keys).toBeLessThanOrEqual(LOOKED_AT + 6 + 60);
      }
    }
  });
});
