import { dueIndex } from '@interview-webhooks/database';
import { receiver } from '@interview-webhooks/testing';
import { setTimeout as pause } from 'node:timers/promises';
import { percentile } from '../report/percentile.ts';
import type { DatabaseKind } from '../system/bench-database.ts';
import { cpuTimeMs } from '../system/cpu-time.ts';
import { monotonicMs } from '../system/monotonic-ms.ts';
import { type Stack, startStack } from '../system/stack.ts';

/** What one collection takes, by the database's own account. */
interface Stored {
  documents: number;
  /** Of a document, uncompressed. */
  documentBytes: number;
  /** On disk, for each document, compressed. */
  storedBytes: number;
  /** Of all its indexes on disk, for each document. */
  indexBytes: number;
}

export interface Measured extends Record<(typeof collections)[number], Stored> {
  /** Written to the journal for each delivery, all that belongs to it included. */
  journalBytes: number;
  /** A journaled insert of so many deliveries, in milliseconds: the median. */
  commitMs: { one: number; hundred: number };
  /** CPU time of the database for one question for what is due, where nothing is. */
  searchCpuMs: number;
}

const collections = ['responses', 'deliveries'] as const;
const BATCH = 20;
const COMMITS = 51;
const SEARCHES = 2_000;
/** Batches under way at once. */
const ABREAST = 4;
const LOOK_AGAIN_MS = 100;

/**
 * Runs the built system with so many candidates, each of whom starts and submits over the API, and a receiver that takes
 * everything, and asks the database what has become of it.
 */
export async function measure(candidates: number, databaseKind?: DatabaseKind): Promise<Measured> {
  await using taking = await receiver();
  await using stack = await startStack({ workers: 1, databaseKind });
  const journalBefore = await journalBytesOf(stack);
  await playThrough(stack, { candidates, url: `${taking.url}/hooks` });
  const { database } = stack;
  while ((await database.deliveries.countDocuments({ state: 'delivered' })) < 2 * candidates) {
    await pause(LOOK_AGAIN_MS);
  }
  // Sizes on disk are those of the last checkpoint.
  await database.workspaces.db.db?.admin().command({ fsync: 1 });
  const sizes = await Promise.all(
    collections.map(async (name) => [name, await sizesOf(stack, name)] as const),
  );
  const written = (await journalBytesOf(stack)) - journalBefore;
  return {
    ...(Object.fromEntries(sizes) as Record<(typeof collections)[number], Stored>), // one for each name
    journalBytes: Math.round(written / (2 * candidates)),
    commitMs: { one: await commitMs(stack, 1), hundred: await commitMs(stack, 100) },
    searchCpuMs: await searchCpuMs(stack),
  };
}

/** As the engine asks, again and again. */
async function searchCpuMs({ database: { deliveries }, databasePids }: Stack): Promise<number> {
  const before = await cpuTimeMs(...databasePids);
  for (let asked = 0; asked < SEARCHES; asked++) {
    await deliveries
      .find({ dueAt: { $lte: new Date(0) } }, { workspaceId: 1, endpoint: 1, trigger: 1 })
      .sort(dueIndex)
      .limit(500)
      .hint(dueIndex)
      .lean();
  }
  const after = await cpuTimeMs(...databasePids);
  return before === undefined || after === undefined ? NaN : (after - before) / SEARCHES;
}

async function journalBytesOf({ database }: Stack): Promise<number> {
  const status = await database.workspaces.db.db?.command({ serverStatus: 1 });
  return (status?.['wiredTiger'] as { log: Record<string, number> }).log['log bytes written'] ?? NaN; // as MongoDB gives it
}

/** How long the database takes to make so many deliveries, like one that it has, and to have them in its journal. */
async function commitMs({ database }: Stack, count: number): Promise<number> {
  const like = await database.direct.deliveries.findOne();
  if (!like) throw new Error('there are deliveries');
  const times: number[] = [];
  for (let time = 0; time < COMMITS; time++) {
    const copies = Array.from({ length: count }, (_, at) => ({
      ...like,
      _id: `copy_${count}_${time}_${at}`,
    }));
    const began = monotonicMs();
    await database.direct.deliveries.insertMany(copies, { ordered: false });
    times.push(monotonicMs() - began);
  }
  return Math.round(percentile(times, 0.5) * 100) / 100;
}

async function playThrough(
  { server }: Stack,
  { candidates, url }: { candidates: number; url: string },
): Promise<void> {
  const on = { status: true, url };
  await server.rest('POST', '/ai-interviews/settings/webhooks', { webhooks: { start: on, submission: on } });
  const interview = { ai_interview_name: 'Backend engineer, Team 7', job: { external_id: 'REQ-7' } };
  const { ai_interview_id } = (await server.rest('POST', '/ai-interviews', interview)) as {
    ai_interview_id: string;
  };
  let next = 0;
  const work = async () => {
    while (next < candidates) {
      const numbers = Array.from({ length: Math.min(BATCH, candidates - next) }, (_, at) => next + at);
      next += numbers.length;
      const invitations = numbers.map((number) => ({ ai_interview_id, ...candidate(number) }));
      const invited = await batch(server, 'responses.invite', invitations);
      const ids = invited.map(({ response_id }) => response_id);
      await batch(
        server,
        'responses.start',
        ids.map((response_id) => ({ response_id })),
      );
      await batch(
        server,
        'responses.submit',
        ids.map((response_id) => ({ response_id, ...result })),
      );
    }
  };
  await Promise.all(Array.from({ length: ABREAST }, work));
}

function candidate(number: number) {
  return {
    candidate_name: `Ada Lovelace ${number}`,
    candidate_email: `ada.lovelace.${number}@example.com`,
    custom_field_id: `application-${number}`,
  };
}

/** A submission as an interview of half an hour gives it. */
const result = {
  candidate_summary: 'Explains trade-offs clearly, asks before assuming, and tests what matters. '.repeat(8),
  score: 82,
  integrity_score: 97,
  recommendation: 'Strong yes',
  skill_wise_scores: {
    must_haves: ['TypeScript', 'MongoDB', 'Testing'].map((skill_name) => ({ skill_name, score: 80 })),
    nice_to_haves: ['Kubernetes', 'Rust'].map((skill_name) => ({ skill_name, score: 60 })),
  },
};

/** One tRPC request for many calls, each of which has to succeed. */
async function batch(
  server: Stack['server'],
  procedure: string,
  inputs: readonly object[],
): Promise<{ response_id: string }[]> {
  const names = inputs.map(() => procedure).join();
  const answers = await server.rest('POST', `/trpc/${names}?batch=1`, Object.fromEntries(inputs.entries()));
  return (answers as { result: { data: { response_id: string } } }[]).map((answer) => answer.result.data); // tRPC's own form
}

async function sizesOf({ database }: Stack, name: string): Promise<Stored> {
  const [stats] = (await database.workspaces.db
    .collection(name)
    .aggregate([{ $collStats: { storageStats: {} } }])
    .toArray()) as { storageStats: StorageStats }[]; // as MongoDB documents it
  if (!stats) throw new Error(`${name} has no statistics`);
  const { count, size, storageSize, totalIndexSize } = stats.storageStats;
  return {
    documents: count,
    documentBytes: Math.round(size / count),
    storedBytes: Math.round(storageSize / count),
    indexBytes: Math.round(totalIndexSize / count),
  };
}

interface StorageStats {
  count: number;
  size: number;
  storageSize: number;
  totalIndexSize: number;
}
