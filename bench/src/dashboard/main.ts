/**
 * Measures the built dashboard in Chromium over the loopback, in a workspace of 1,000,000 deliveries: how each page loads
 * with an empty cache, and how the list of deliveries scrolls.
 *
 *     npm run bench:dashboard [-- --deliveries 20000] [--times 5]
 */
import { type Browser, chromium } from 'playwright-core';
import { parseArgs } from 'node:util';
import { seedDeliveries } from '../lists/seed-deliveries.ts';
import { seedingContext } from '../lists/seeding-context.ts';
import { percentile } from '../report/percentile.ts';
import { machine, saveResults } from '../report/results.ts';
import { table } from '../report/table.ts';
import { type Stack, startStack } from '../system/stack.ts';
import { loadPage, type PageFigures, scrolledFrames } from './page-figures.ts';

const { values } = parseArgs({
  options: {
    deliveries: { type: 'string', default: '1000000' },
    times: { type: 'string', default: '5' },
    chromium: { type: 'string', default: '/usr/bin/chromium' },
  },
});
const times = Number(values.times);
const paths = ['/overview', '/deliveries', '/deliveries?state=failed', '/interviews', '/settings', '/keys'];
const SCROLL_TURNS = 60;

const where = machine();
await using stack = await startStack({ workers: 1 });
await seed(stack, Number(values.deliveries));
const browser = await chromium.launch({
  executablePath: values.chromium,
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  await measure(browser, stack);
} finally {
  await browser.close();
}

async function seed({ database }: Stack, count: number): Promise<void> {
  const workspace = await database.workspaces.findOne().orFail();
  await seedDeliveries(seedingContext(database, workspace.id), count);
}

async function measure(browser: Browser, { server }: Stack): Promise<void> {
  const signedIn = await browser.newContext({ baseURL: server.url });
  const page = await signedIn.newPage();
  await page.goto('/');
  await page.getByLabel('API key', { exact: true }).fill(server.apiKey);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation').first().waitFor();
  const storageState = await signedIn.storageState();
  const fresh = () =>
    browser.newContext({ baseURL: server.url, storageState, viewport: { width: 1440, height: 900 } });

  const pages: { path: string; loads: PageFigures[] }[] = [];
  for (const path of paths) {
    const loads: PageFigures[] = [];
    for (let time = 0; time < times; time++) {
      const context = await fresh();
      loads.push(await loadPage(context, path));
      await context.close();
    }
    pages.push({ path, loads });
  }
  const context = await fresh();
  const frames = await scrolledFrames(context, SCROLL_TURNS);
  await report(pages, frames);
}

async function report(
  pages: readonly { path: string; loads: PageFigures[] }[],
  frames: number[],
): Promise<void> {
  const rows = pages.map(({ path, loads }) => {
    const of = (name: keyof PageFigures, share: number) =>
      percentile(
        loads.map((load) => load[name]),
        share,
      );
    return [
      path,
      of('javascriptKb', 0.5).toFixed(0),
      of('largestPaintMs', 0.5).toFixed(0),
      of('largestPaintMs', 1).toFixed(0),
      of('shift', 1).toFixed(3),
      of('slowestAnswerMs', 0.5).toFixed(0),
    ];
  });
  const deliveries = Number(values.deliveries).toLocaleString('en');
  console.log(
    `${deliveries} deliveries, ${times} loads of each page; Node ${where.node}, load before ${where.load.join(' ')}\n`,
  );
  console.log(
    table(
      ['page', 'JavaScript kB', 'largest paint ms', 'worst ms', 'layout shift', 'slowest answer ms'],
      rows,
    ),
  );
  const scrolling = [0.5, 0.95, 1].map((share) => percentile(frames, share).toFixed(0));
  console.log(`\nScrolling the list, frames of ms at p50, p95 and worst: ${scrolling.join(', ')}`);
  console.log(
    `\n${await saveResults('dashboard', { machine: where, deliveries: values.deliveries, pages, frames })}`,
  );
}
