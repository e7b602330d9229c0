/**
 * Measures what the dashboard asks for in a workspace of 1,000,000 deliveries, in the embedded database: the quickest, the
 * median and the slowest of several times, and what the server looked at for it.
 *
 *     npm run bench:lists [-- --deliveries 20000]
 */
import { openDatabase, startEmbeddedMongo } from '@interview-webhooks/database';
import {
  type Context,
  countDeliveries,
  countInterviews,
  getOverview,
  getRedelivery,
  listDeliveries,
  listInterviews,
  listRedeliveries,
  listResponses,
} from '@interview-webhooks/domain';
import { plansOf } from '@interview-webhooks/domain/testing';
import {
  GetOverview,
  ListAiInterviews,
  ListDeliveries,
  ListResponses,
  PageRequest,
} from '@interview-webhooks/schema';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { percentile } from '../report/percentile.ts';
import { machine, saveResults } from '../report/results.ts';
import { table } from '../report/table.ts';
import { seedDeliveries, type Seeded } from './seed-deliveries.ts';
import { seedRedelivery } from './seed-redelivery.ts';
import { seedingContext } from './seeding-context.ts';

const TIMES = 15;
const { values } = parseArgs({ options: { deliveries: { type: 'string', default: '1000000' } } });
const deliveries = Number(values.deliveries);
const where = machine();

async function measure(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-bench-'));
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const embedded = await startEmbeddedMongo({ dataDir, log });
  const database = openDatabase(embedded.uri, { name: 'bench', monitorCommands: true });
  try {
    await database.connect();
    const workspace = await database.workspaces.create({ name: 'Bench', createdAt: new Date() });
    const context = seedingContext(database, workspace.id);
    const seeded = await seedDeliveries(context, deliveries);
    const redelivery_id = await seedRedelivery(context, seeded.middle);
    await report(await answers(context, { ...seeded, redelivery_id }));
  } finally {
    await database.close();
    await embedded.close();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20 });
  }
}

interface Stored extends Seeded {
  /** Of 300,000 deliveries, where there are a million. */
  redelivery_id: string;
}

function questions(
  context: Context,
  { interviewId, responseId, middle, redelivery_id }: Stored,
): [string, () => Promise<unknown>][] {
  const list = (filter: object) => () => listDeliveries(context, ListDeliveries.parse(filter));
  const responses = (filter: object) => () => listResponses(context, ListResponses.parse(filter));
  const from = new Date(middle.getTime() - 3_600_000).toISOString();
  const half = Buffer.from(`${middle.getTime()} evt_`).toString('base64url');
  return [
    ['deliveries: first page', list({})],
    ['deliveries: a page in the middle', list({ cursor: half })],
    ['deliveries: event', list({ event: 'ai_interview.submission' })],
    ['deliveries: state, nearly all', list({ state: 'delivered' })],
    ['deliveries: state, few', list({ state: 'pending' })],
    ['deliveries: state, none', list({ state: 'delivering' })],
    ['deliveries: status class, few', list({ status_class: '4xx' })],
    ['deliveries: status class, none', list({ status_class: '3xx' })],
    ['deliveries: AI interview', list({ ai_interview_id: interviewId })],
    ['deliveries: AI interview and state', list({ ai_interview_id: interviewId, state: 'failed' })],
    ['deliveries: response', list({ response_id: responseId })],
    ['deliveries: an hour', list({ from, to: middle.toISOString() })],
    ['deliveries: an hour and state', list({ from, to: middle.toISOString(), state: 'failed' })],
    ['deliveries: text, one candidate', list({ text: 'ada.lovelace.77@' })],
    ['deliveries: text, hundreds, all old', list({ text: 'zelda' })],
    ['deliveries: text, a tenth of all', list({ text: 'hopper' })],
    ['deliveries: text, all', list({ text: 'example' })],
    ['deliveries: text, none', list({ text: 'nobody' })],
    ['deliveries: text, one AI interview', list({ text: 'engineer 77,' })],
    ['deliveries: text, ten AI interviews', list({ text: 'team 7' })],
    ['deliveries: text and state', list({ text: 'hopper', state: 'failed' })],
    ['deliveries: count of failed ones', () => countDeliveries(context, { state: 'failed' })],
    ['deliveries: count of all', () => countDeliveries(context, {})],
    ['redeliveries: first page', () => listRedeliveries(context, PageRequest.parse({}))],
    ['redeliveries: one of 300,000', () => getRedelivery(context, { redelivery_id })],
    ['AI interviews: count', () => countInterviews(context)],
    ['responses: first page', responses({})],
    ['responses: status, none', responses({ invite_status: 'Started' })],
    [
      'responses: AI interview and status, none',
      responses({ ai_interview_id: interviewId, invite_status: 'Started' }),
    ],
    ['responses: text, hundreds, all old', responses({ text: 'zelda' })],
    ['responses: text, a tenth of all', responses({ text: 'hopper' })],
    ['AI interviews: text', () => listInterviews(context, ListAiInterviews.parse({ text: 'team 7' }))],
    ...(['24h', '7d', '30d'] as const).map((range): [string, () => Promise<unknown>] => [
      `overview: ${range}`,
      () => getOverview(context, GetOverview.parse({ range })),
    ]),
  ];
}

/** What one question has cost. */
interface Answer {
  question: string;
  timesMs: number[];
  /** What the server looked at for one answer, by its own count. */
  keys: number;
  documents: number;
  plan: string;
}

async function answers(context: Context, seeded: Stored): Promise<Answer[]> {
  const found: Answer[] = [];
  for (const [question, ask] of questions(context, seeded)) {
    const timesMs: number[] = [];
    for (let time = 0; time < TIMES; time++) {
      const began = performance.now();
      await ask();
      timesMs.push(performance.now() - began);
    }
    const plans = await plansOf(context.database, ask);
    const sum = (of: 'keys' | 'docs') => plans.reduce((total, plan) => total + plan[of], 0);
    const plan = [...new Set(plans.flatMap(({ stages }) => stages))].join(' ');
    found.push({ question, timesMs, keys: sum('keys'), documents: sum('docs'), plan });
  }
  return found;
}

async function report(found: readonly Answer[]): Promise<void> {
  console.log(
    `${deliveries.toLocaleString('en')} deliveries, ${TIMES} times each; keys and documents are the server's count; Node ${where.node}, load before ${where.load.join(' ')}\n`,
  );
  const rows = found.map(({ question, timesMs, keys, documents, plan }) => [
    question,
    ...[0, 0.5, 1].map((share) => percentile(timesMs, share).toFixed(1)),
    keys,
    documents,
    plan,
  ]);
  console.log(table(['question', 'quickest ms', 'median', 'slowest', 'keys', 'documents', 'plan'], rows));
  console.log(`\n${await saveResults('lists', { machine: where, deliveries, found })}`);
}

await measure();
