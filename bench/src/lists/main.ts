/**
 * Measures what the dashboard asks for in a workspace of 1,000,000 deliveries, in the embedded database: the quickest, the
 * median and the slowest of several times, and what the server looked at for it.
 *
 *     npm run bench:lists [-- deliveries]
 */
import { openDatabase, startEmbeddedMongo } from '@interview-webhooks/database';
import {
  type Context,
  getOverview,
  listDeliveries,
  listInterviews,
  listResponses,
} from '@interview-webhooks/domain';
import { plansOf } from '@interview-webhooks/domain/testing';
import { GetOverview, ListAiInterviews, ListDeliveries, ListResponses } from '@interview-webhooks/schema';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedDeliveries, type Seeded } from './seed-deliveries.ts';
import { seedingContext } from './seeding-context.ts';

const TIMES = 15;
const deliveries = Number(process.argv[2] ?? 1_000_000);

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
    for (const line of await table(context, seeded)) process.stdout.write(`${line}\n`);
  } finally {
    await database.close();
    await embedded.close();
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20 });
  }
}

function questions(
  context: Context,
  { interviewId, responseId, middle }: Seeded,
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

async function table(context: Context, seeded: Seeded): Promise<string[]> {
  const lines = [
    `${deliveries.toLocaleString('en')} deliveries; milliseconds over ${TIMES} times; keys and documents are the server's`,
    '',
    '| question | quickest | median | slowest | keys | documents | plan |',
    '| --- | ---: | ---: | ---: | ---: | ---: | --- |',
  ];
  for (const [name, ask] of questions(context, seeded)) {
    const times: number[] = [];
    for (let time = 0; time < TIMES; time++) {
      const began = performance.now();
      await ask();
      times.push(performance.now() - began);
    }
    times.sort((one, other) => one - other);
    const plans = await plansOf(context.database, ask);
    const sum = (of: 'keys' | 'docs') => plans.reduce((total, plan) => total + plan[of], 0);
    const stages = [...new Set(plans.flatMap((plan) => plan.stages))].join(' ');
    const shown = [times[0], times[Math.floor(TIMES / 2)], times.at(-1)].map((ms = 0) => ms.toFixed(1));
    lines.push(`| ${name} | ${shown.join(' | ')} | ${sum('keys')} | ${sum('docs')} | ${stages} |`);
  }
  return lines;
}

await measure();
