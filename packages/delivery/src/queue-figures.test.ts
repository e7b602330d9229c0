import { type DeliveryDocument, ObjectId } from '@interview-webhooks/database';
import { commandsDuring, testDatabase } from '@interview-webhooks/database/testing';
import { expect, it } from 'vitest';
import { readQueue } from './queue-figures.ts';

/** What of a command can be explained. */
const parts = ['aggregate', 'find', 'pipeline', 'cursor', 'filter', 'projection', 'sort', 'limit', 'hint'];
const at = new Date('2026-01-31T12:00:00Z');
const workspaceId = new ObjectId();

function delivery(n: number, state: 'pending' | 'delivering', dueInMs: number): DeliveryDocument {
  return {
    _id: `evt_${n}_start`,
    workspaceId,
    interviewId: workspaceId,
    interviewName: 'Backend',
    responseId: workspaceId,
    candidateName: 'Ada',
    candidateEmail: 'ada@example.com',
    event: 'ai_interview.start',
    body: '{}',
    state,
    reason: null,
    trigger: 'event',
    attempts: 0,
    failures: 0,
    dueAt: new Date(at.getTime() + dueInMs),
    endpoint: `${workspaceId.toHexString()} https://${n % 3}.example`,
    lastStatus: null,
    lastStatusClass: 'none',
    lastError: null,
    createdAt: at,
    finishedAt: null,
    expiresAt: new Date('2027-01-01'),
  };
}

it('tells what waits in the whole system, from indexes alone', async () => {
  await using test = await testDatabase();
  const { database } = test;
  const due = Array.from({ length: 40 }, (_, n) => delivery(n, 'pending', -1_000 * n));
  const later = Array.from({ length: 30 }, (_, n) => delivery(100 + n, 'pending', 60_000));
  const held = Array.from({ length: 20 }, (_, n) => delivery(200 + n, 'delivering', 30_000));
  await database.direct.deliveries.insertMany([...due, ...later, ...held]);
  const endpoint = (id: string, openUntil: Date | null) => ({
    _id: id,
    workspaceId,
    failures: 1,
    failingSince: at,
    openUntil,
    pauses: 0,
    version: 0,
    expiresAt: new Date('2027-01-01'),
  });
  await database.direct.endpoints.insertMany([
    endpoint('a', null),
    endpoint('b', new Date(at.getTime() + 1)),
    endpoint('c', new Date(at.getTime() - 1)),
    endpoint('d', new Date(at.getTime() + 5_000)),
  ]);
  const asked = await commandsDuring(database, async () => {
    expect(await readQueue({ database, now: () => at })).toEqual({
      due: 40,
      later: 30,
      oldestDueMs: 39_000,
      outbox: 0,
      endpoints: { failing: 1, open: 2, probing: 1 },
    });
  });

  const ofDeliveries = asked
    .map(({ command }) => command)
    .filter(({ aggregate, find }) => (aggregate ?? find) === 'deliveries');
  expect(ofDeliveries).toHaveLength(3);
  for (const sent of ofDeliveries) {
    const command = Object.fromEntries(parts.flatMap((part) => (part in sent ? [[part, sent[part]]] : [])));
    const explained = JSON.stringify(
      await database.workspaces.db.db?.command({ explain: command, verbosity: 'executionStats' }),
    );
    const examined = [...explained.matchAll(/"totalDocsExamined":(\d+)/g)].map(([, docs]) => Number(docs));
    expect(examined.length).toBeGreaterThan(0);
    expect(Math.max(...examined)).toBe(0);
  }
});
