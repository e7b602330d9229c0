import { CreatedApiKey } from '@interview-webhooks/schema';
import { receiver } from '@interview-webhooks/testing';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { z } from 'zod';
import { expectAccessible } from './accessible.ts';
import { cancelWaiting, counted, letStart, sendTo, untilCounted } from './candidates.ts';
import { test } from './dashboard-test.ts';
import { answerWithProblem, signInAt } from './steps.ts';

const addressOf = (page: Page) => {
  const { pathname, searchParams } = new URL(page.url());
  return { pathname, ...Object.fromEntries(searchParams) };
};

test('a fresh workspace sees what to do next, and does it', async ({ server, page }) => {
  await signInAt(page, '/', server.apiKey);
  await page.getByRole('heading', { name: 'Your first webhook' }).waitFor();
  await expect.poll(() => addressOf(page)).toEqual({ pathname: '/overview' });
  expect(await page.title()).toBe('Overview · Interview Webhooks');
  const current = page.locator('[aria-current=step]');
  await current.getByText('Say where webhooks go').waitFor();
  await expectAccessible(page, 'overview of a fresh workspace');

  await page.getByRole('link', { name: 'Set a URL' }).click();
  await page.getByRole('heading', { name: 'Webhook settings' }).waitFor();

  await sendTo(server, 'https://example.com/hooks');
  await server.rest('POST', '/ai-interviews', { ai_interview_name: 'One' });
  await page.goto('/overview');
  await current.getByText('Invite a candidate').waitFor();
});

test('how deliveries went, what waits and which endpoint fails, each with a way in', async ({
  server,
  page,
}) => {
  await using target = await receiver();
  await sendTo(server, `${target.url}/hooks`);
  await letStart(server, 'Ada');
  await untilCounted(server, { delivered: 1 });
  target.answer = 500;
  await letStart(server, 'Grace');
  await untilCounted(server, { delivered: 1, retried: 1 });

  await signInAt(page, '/overview', server.apiKey);
  const figure = (name: string) => page.locator('dl > div').filter({ has: page.getByRole('link', { name }) });
  await figure('Success rate').getByText('100%').waitFor();
  await figure('Delivered')
    .getByText(/repeated$/)
    .waitFor();
  await figure('Waiting')
    .getByText(/Next attempt (any moment now|within a minute)/)
    .waitFor();
  const attention = page.getByRole('region', { name: 'Needs attention' });
  await attention.getByText(`${target.url}/hooks is failing`).waitFor();
  await page.getByRole('img', { name: /^Deliveries over time: 1 ended, 100% of them received/ }).waitFor();
  await page.getByRole('row', { name: /^Start 2 answers/ }).waitFor();
  await expectAccessible(page, 'overview');

  await figure('Waiting').getByRole('link').click();
  await expect.poll(() => addressOf(page)).toEqual({ pathname: '/deliveries', state: 'pending' });
  await page.goBack();
  await page.getByRole('img', { name: /^Deliveries over time/ }).waitFor();
  // The last bar is the hour that it is now.
  const chart = page.getByRole('img', { name: /^Deliveries over time/ });
  const { width, height } = (await chart.boundingBox()) ?? { width: 0, height: 0 };
  await chart.hover({ position: { x: width - 12, y: height / 2 } });
  await page.getByText('Attempts repeated').waitFor();
  await chart.click({ position: { x: width - 12, y: height / 2 } });
  await expect.poll(() => Object.keys(addressOf(page))).toEqual(['pathname', 'from', 'to']);
  await cancelWaiting(server);
});

test('the same figures stand in a table, at an address of their own', async ({ server, page }) => {
  await using target = await receiver();
  await sendTo(server, `${target.url}/hooks`);
  const before = await counted(server);
  await letStart(server, 'Ada');
  await untilCounted(server, { delivered: before.delivered + 1 });
  await signInAt(page, '/overview', server.apiKey);
  await page.getByRole('radio', { name: '7 days' }).check();
  await page.getByRole('radio', { name: 'As a table' }).check();
  const table = page.getByRole('region', { name: 'Deliveries over time' });
  await expect.poll(() => table.getByRole('row').count()).toBe(29);
  await expect.poll(() => addressOf(page)).toEqual({ pathname: '/overview', range: '7d', view: 'table' });
  const delivered = await table.locator('tr > td:nth-of-type(1)').allTextContents();
  expect(delivered.reduce((sum, count) => sum + Number(count), 0)).toBe(before.delivered + 1);
  await expectAccessible(page, 'overview as a table');

  await page.reload();
  await expect.poll(() => table.getByRole('row').count()).toBe(29);
  await page.goBack();
  await expect.poll(() => addressOf(page)).toEqual({ pathname: '/overview' });
});

test('a webhook that the system switched off says why, and leads to the settings', async ({
  server,
  page,
}) => {
  await using target = await receiver(410);
  await sendTo(server, `${target.url}/hooks`);
  await letStart(server, 'Ada');
  await untilCounted(server, { failed: 1 });

  await signInAt(page, '/overview', server.apiKey);
  const attention = page.getByRole('region', { name: 'Needs attention' });
  await attention.getByText('The start webhook was switched off', { exact: true }).waitFor();
  await attention.getByText('410').first().waitFor();
  await expectAccessible(page, 'overview with a webhook off');
  await attention.getByRole('link', { name: 'Mend it in the settings' }).click();
  await page.getByRole('heading', { name: 'Webhook settings' }).waitFor();
});

test('figures that cannot be loaded can be asked for again', async ({ server, page }) => {
  const answerAgain = await answerWithProblem(page, 'overview.get');
  await signInAt(page, '/overview', server.apiKey);
  await page.getByText('The figures could not be loaded').waitFor();
  await page.getByText('0198-e2e').waitFor();
  await expectAccessible(page, 'overview failed');
  await answerAgain();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('link', { name: 'Success rate' }).waitFor();
});

test('who may not see deliveries begins where they may look', async ({ server, page }) => {
  const answer = await server.rest('POST', '/trpc/apiKeys.create', {
    name: 'Reader',
    scopes: ['settings:read'],
  });
  const { result } = z.object({ result: z.object({ data: CreatedApiKey }) }).parse(answer);
  await signInAt(page, '/', result.data.api_key);
  await page.getByRole('heading', { name: 'Webhook settings' }).waitFor();
  await page.goto('/overview');
  await page.getByText('lacks the scope deliveries:read').waitFor();
});
