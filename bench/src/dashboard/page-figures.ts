/// <reference lib="dom" />
import type { BrowserContext } from 'playwright-core';
import { setTimeout as pause } from 'node:timers/promises';

/** What one load of a page with an empty cache has cost. */
export interface PageFigures {
  /** As sent, compressed. */
  javascriptKb: number;
  largestPaintMs: number;
  /** The cumulative layout shift; nothing has moved at 0. */
  shift: number;
  /** The longest that an answer of the API took, batches included. */
  slowestAnswerMs: number;
}

interface Seen {
  largestPaintMs: number;
  shift: number;
}

/** Pages keep a stream open, so there is no end to wait for: by then all has been painted. */
const SETTLED_MS = 1_500;

/** Loads `path` in a context that is signed in and has loaded nothing. */
export async function loadPage(context: BrowserContext, path: string): Promise<PageFigures> {
  const page = await context.newPage();
  await page.addInitScript(() => {
    const seen: Seen = { largestPaintMs: 0, shift: 0 };
    Object.assign(globalThis, { seen });
    new PerformanceObserver((list) => {
      for (const { startTime } of list.getEntries()) seen.largestPaintMs = startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput } = entry as PerformanceEntry &
          Record<'value' | 'hadRecentInput', number>; // of layout-shift
        if (!hadRecentInput) seen.shift += value;
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto(path);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await pause(SETTLED_MS);
  const figures = await page.evaluate((): PageFigures => {
    const { seen } = globalThis as unknown as { seen: Seen }; // set before the page began
    const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const scripts = resources.filter(({ name }) => name.endsWith('.js'));
    const answers = resources.filter(({ name }) => name.includes('/trpc/') && !name.includes('.live'));
    return {
      ...seen,
      javascriptKb: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) / 1024,
      slowestAnswerMs: Math.max(
        0,
        ...answers.map(({ responseEnd, requestStart }) => responseEnd - requestStart),
      ),
    };
  });
  await page.close();
  return figures;
}

/** How long frames took while the list of deliveries was scrolled through, in milliseconds. */
export async function scrolledFrames(context: BrowserContext, turns: number): Promise<number[]> {
  const page = await context.newPage();
  await page.goto('/deliveries');
  await page.getByRole('heading', { level: 1 }).waitFor();
  await pause(SETTLED_MS);
  await page.evaluate(() => {
    // A method: a function with a name of its own would need a helper of the compiler's that the page does not have.
    const recorder = {
      frames: new Array<number>(),
      last: performance.now(),
      note(now: number) {
        recorder.frames.push(now - recorder.last);
        recorder.last = now;
        requestAnimationFrame((next) => {
          recorder.note(next);
        });
      },
    };
    Object.assign(globalThis, { frames: recorder.frames });
    recorder.note(recorder.last);
  });
  await page.mouse.move(720, 600);
  for (let turn = 0; turn < turns; turn++) {
    await page.mouse.wheel(0, 600);
    await pause(50);
  }
  const frames = await page.evaluate(() => (globalThis as unknown as { frames: number[] }).frames); // set above
  await page.close();
  return frames;
}
