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
