import { apiClient, systemProcess } from '@interview-webhooks/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { test as base } from './dashboard-test.ts';
import { signInAt } from './steps.ts';

/** What somebody has who starts the system for the first time. */
const test = base.extend('demo', async ({ page }, { onCleanup }) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-demo-'));
  const first = systemProcess({ env: { DATA_DIR: dataDir, LOG_LEVEL: 'warn' } });
  onCleanup(async () => {
    // A page that is open would ask a server that is gone.
    await page.close();
    first.kill('SIGTERM');
    await first.exited;
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20 });
  });
  const [, url = ''] = await first.printed(/Dashboard +(http:\/\/\S+)\n/);
  const [key = ''] = await first.printed(/iwk_[\w-]{43}/);
  return { url, key };
});

test('a newcomer sees the whole way, from an invitation to a submission that was received', async ({
  demo,
  page,
}) => {
  await signInAt(page, demo.url, demo.key);
  await page.getByRole('link', { name: 'AI interviews' }).click();
  await page.getByRole('row').getByRole('link').first().click();
  await page.getByRole('button', { name: 'Invite candidate' }).first().click();
  const inviting = page.getByRole('dialog', { name: 'Invite a candidate' });
  await inviting.getByLabel('Name').fill('Hedy Lamarr');
  await inviting.getByLabel('E-mail').fill('hedy@example.com');
  await inviting.getByRole('button', { name: 'Invite' }).click();
  await page.getByRole('button', { name: 'Done' }).click();

  await page.getByRole('link', { name: 'Hedy Lamarr' }).click();
  const response = page.getByRole('dialog', { name: 'Hedy Lamarr' });
  await response.getByRole('button', { name: 'Start' }).click();
  await response.getByRole('group', { name: 'Start' }).getByText('Delivered').waitFor();
  await response.getByRole('button', { name: 'Submit' }).click();
  await response.getByRole('group', { name: 'Submission' }).getByText('Delivered').waitFor();
  await response.getByRole('button', { name: 'Close' }).click();

  await page.getByRole('link', { name: 'Local receiver' }).click();
  const newest = page.getByRole('list', { name: 'Requests, newest first' }).locator('> li').first();
  await newest.getByText('ai_interview.submission', { exact: true }).waitFor();
  await newest.getByText('"Hedy Lamarr"').waitFor();
  await newest.getByText('Signature valid').waitFor();
});

test('the demo says that it is one, and goes after asking', async ({ demo, page }) => {
  await signInAt(page, demo.url, demo.key);
  const notice = page.getByText('This is a demo', { exact: true });
  await notice.waitFor();
  await page.getByRole('link', { name: 'Success rate' }).waitFor();
  await expectAccessible(page, 'demo');

  await page.getByRole('button', { name: 'Remove demo data…' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Remove the demo?' });
  await expectAccessible(page, 'removing the demo');
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await dialog.waitFor({ state: 'detached' });
  const interviews = () => apiClient(demo.url, demo.key).rest('GET', '/ai-interviews');
  expect(await interviews()).not.toMatchObject({ data: [] });

  await page.getByRole('button', { name: 'Remove demo data…' }).click();
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('The demo was removed').waitFor();
  await notice.waitFor({ state: 'detached' });
  expect(await interviews()).toMatchObject({ data: [] });
  await page.getByRole('heading', { name: 'Your first webhook' }).waitFor();
});
