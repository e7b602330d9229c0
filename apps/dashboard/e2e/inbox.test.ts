import { apiClient, systemProcess } from '@interview-webhooks/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { letStart, sendTo } from './candidates.ts';
import { test } from './dashboard-test.ts';
import { signInAt } from './steps.ts';

test('the local receiver shows what comes in while it is open, and answers as it is told', async ({
  server,
  page,
}) => {
  const url = `${server.url}/inbox/demo`;
  await signInAt(page, '/', server.apiKey);
  await page.getByRole('link', { name: 'Local receiver' }).click();
  await page.getByText('Nothing has come in yet').waitFor();
  await expect.poll(() => new URL(page.url()).pathname).toBe('/inbox/demo');
  await page.getByText('Live', { exact: true }).waitFor();
  await expectAccessible(page, 'receiver empty');

  await sendTo(server, url);
  await letStart(server, 'Ada');
  const entries = page.getByRole('list', { name: 'Requests, newest first' }).locator('> li');
  const newest = entries.first();
  await newest.getByText('ai_interview.start', { exact: true }).waitFor();
  await newest.getByText('Signature valid').waitFor();
  await newest.getByText('answered 200').waitFor();
  await newest.getByText('"Ada"').waitFor();
  await page.getByRole('status').getByText('1 request received').waitFor();
  await expectAccessible(page, 'receiver');

  await page.getByRole('radio', { name: '500' }).click();
  await page.getByText('the webhook is tried again after 5 seconds').waitFor();
  await expect.poll(async () => (await fetch(url, { method: 'POST', body: 'hello' })).status).toBe(500);
  await newest.getByText('POST /inbox/demo').first().waitFor();
  await newest.getByText('Signature not valid').waitFor();
  await newest.getByText('answered 500').waitFor();
  await page.getByRole('radio', { name: '200' }).click();
  await page.getByText('Every webhook is received.').waitFor();

  await page.getByRole('button', { name: 'Clear…' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Clear the receiver?' });
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await entries.count()).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Clear…' }).click();
  await dialog.getByRole('button', { name: 'Clear' }).click();
  await page.getByText('Nothing has come in yet').waitFor();
});

test('the demo of a first start says that it is one, and goes after asking', async ({ page }) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-demo-'));
  const first = systemProcess({ env: { DATA_DIR: dataDir, LOG_LEVEL: 'warn' }, built: true });
  try {
    const [, url = ''] = await first.printed(/Dashboard +(http:\/\/\S+)\n/);
    const [key = ''] = await first.printed(/iwk_[\w-]{43}/);
    await signInAt(page, url, key);
    const notice = page.getByText('This is a demo', { exact: true });
    await notice.waitFor();
    await page.getByRole('link', { name: 'Success rate' }).waitFor();
    await expectAccessible(page, 'demo');

    await page.getByRole('button', { name: 'Remove demo data…' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Remove the demo?' });
    await expectAccessible(page, 'removing the demo');
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await dialog.waitFor({ state: 'detached' });
    const interviews = () => apiClient(url, key).rest('GET', '/ai-interviews');
    expect(await interviews()).not.toMatchObject({ data: [] });

    await page.getByRole('button', { name: 'Remove demo data…' }).click();
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await page.getByText('The demo was removed').waitFor();
    await notice.waitFor({ state: 'detached' });
    expect(await interviews()).toMatchObject({ data: [] });
    await page.getByRole('heading', { name: 'Your first webhook' }).waitFor();
  } finally {
    first.kill('SIGTERM');
    await first.exited;
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20 });
  }
});
