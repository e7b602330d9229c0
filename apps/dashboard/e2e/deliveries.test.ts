import { receiver, type StartedServer } from '@interview-webhooks/testing';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { becomes, createInterview, sendTo, start, testWithRetries } from './delivery-steps.ts';
import { signInAt } from './steps.ts';

const test = testWithRetries('1s');

const row = (page: Page, name: string | RegExp) => page.getByRole('link', { name });

/** Lets each of `names` start and fail. */
async function failing(server: StartedServer, names: readonly string[]): Promise<void> {
  const interview = await createInterview(server, 'Interview');
  const ids = await Promise.all(names.map((name) => start(server, interview, name)));
  for (const id of ids) await becomes(server, id, 'failed');
}

test('a failed delivery is found by filter, and redelivered when the receiver works again', async ({
  server,
  page,
}) => {
  await using endpoint = await receiver();
  await sendTo(server, endpoint.url);
  const interview = await createInterview(server, 'Interview');
  await becomes(server, await start(server, interview, 'Lucky Luke'), 'delivered');
  endpoint.answer = 503;
  await becomes(server, await start(server, interview, 'Unlucky Ursula'), 'failed');
  await signInAt(page, '/deliveries', server.apiKey);
  await page.getByLabel('State').selectOption('Failed');
  await row(page, /Unlucky Ursula/).waitFor();
  await row(page, /Lucky Luke/).waitFor({ state: 'detached' });

  await row(page, /Unlucky Ursula/).click();
  const delivery = page.getByRole('complementary', { name: 'Delivery' });
  await delivery.getByText('Given up after 2 attempts: the receiver answered 503.').waitFor();
  endpoint.answer = 204;
  await delivery.getByRole('button', { name: 'Redeliver' }).click();
  await delivery.getByText('Delivered after 3 attempts: the receiver answered 204.').waitFor();
  await delivery.getByText('Attempt 3').waitFor();

  // What was delivered is sent again only after asking.
  await delivery.getByRole('button', { name: 'Redeliver' }).click();
  await page.getByRole('alertdialog', { name: 'Send it once more?' }).waitFor();
  await page.getByRole('button', { name: 'Send again' }).click();
  await delivery.getByText('Delivered after 4 attempts').waitFor();
  const ids = endpoint.received.slice(-4).map(({ headers }) => headers['webhook-id']);
  expect(new Set(ids).size).toBe(1);
});

test('the list receives a delivery while it is open, but not under the eyes of who reads', async ({
  server,
  page,
}) => {
  await using endpoint = await receiver();
  await sendTo(server, endpoint.url);
  const interview = await createInterview(server, 'Interview');
  const numbered = await Promise.all(
    Array.from({ length: 30 }, (_, index) => start(server, interview, `Number ${index}`)),
  );
  // One that comes later than the page would be new there.
  for (const id of numbered) await becomes(server, id, 'delivered');
  await signInAt(page, '/deliveries', server.apiKey);
  await row(page, /Number/)
    .first()
    .waitFor();
  await start(server, interview, 'Newcomer Nadia');
  await row(page, /Newcomer Nadia/).waitFor();
  await page.getByRole('status').filter({ hasText: '1 new delivery' }).waitFor({ state: 'attached' });

  const read = row(page, /Number/).nth(8);
  const name = /Number \d+/.exec(await read.innerText())?.[0];
  await page.mouse.move(700, 600);
  await page.mouse.wheel(0, 600);
  await page.waitForFunction(() => window.scrollY >= 600);
  const place = () =>
    row(page, new RegExp(`${name}\\b`)).evaluate((element) => element.getBoundingClientRect().top);
  const before = await place();
  await start(server, interview, 'Latecomer Lin');
  const fresh = page.getByRole('button', { name: '1 new' });
  await fresh.waitFor();
  expect(await place()).toBe(before);
  await fresh.click();
  await row(page, /Latecomer Lin/).waitFor();
  expect(await page.evaluate(() => window.scrollY)).toBe(0);

  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByText('Paused').waitFor();
  await start(server, interview, 'Paused Paula');
  await page.getByRole('button', { name: 'Resume' }).click();
  await row(page, /Paused Paula/).waitFor();
});

test('without the live connection, the list is asked for', async ({ server, page, provoked }) => {
  provoked.push(/net::ERR_FAILED/);
  await using endpoint = await receiver();
  await sendTo(server, endpoint.url);
  const interview = await createInterview(server, 'Interview');
  await page.route('**/trpc/deliveries.live*', (route) => route.abort());
  await signInAt(page, '/deliveries', server.apiKey);
  await page.getByText('Every 5 s').waitFor();
  await start(server, interview, 'Polled Pat');
  await row(page, /Polled Pat/).waitFor();
});

test('a filter is in the address: it survives a reload and goes with back', async ({ server, page }) => {
  await using endpoint = await receiver();
  await sendTo(server, endpoint.url);
  const interview = await createInterview(server, 'Filters');
  const id = await start(server, interview, 'Filtered Fiona');
  await start(server, interview, 'Other Otto');
  await becomes(server, id, 'delivered');
  await signInAt(page, `/deliveries?state=delivered&event=nonsense`, server.apiKey);
  await row(page, /Other Otto/).waitFor();
  await page.getByRole('searchbox').pressSequentially('filtered fi');
  await row(page, /Other Otto/).waitFor({ state: 'detached' });
  await expect.poll(() => new URL(page.url()).searchParams.get('text')).toBe('filtered fi');
  expect(await page.getByRole('searchbox').inputValue()).toBe('filtered fi');

  await page.reload();
  await row(page, /Filtered Fiona/).click();
  await expect.poll(() => new URL(page.url()).pathname).toBe(`/deliveries/${id}`);
  await page.reload();
  await page.getByRole('heading', { name: 'Filtered Fiona' }).waitFor();
  await page.getByRole('button', { name: 'Remove filter Text “filtered fi”' }).waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: 'Filtered Fiona' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /Remove filter Text/ }).click();
  await row(page, /Other Otto/).waitFor();
  await page.getByRole('button', { name: 'Remove filter State Delivered' }).click();
  await expect.poll(() => new URL(page.url()).search).toBe('');
  await page.goBack();
  await page.getByRole('button', { name: 'Remove filter State Delivered' }).waitFor();
});

test('all filters together are chosen in a dialog, an AI interview by its name', async ({ server, page }) => {
  await using endpoint = await receiver();
  await sendTo(server, endpoint.url);
  await start(server, await createInterview(server, 'Chosen interview'), 'Chosen Charlie');
  await start(server, await createInterview(server, 'Another interview'), 'Another Anna');
  await signInAt(page, '/deliveries', server.apiKey);
  await row(page, /Another Anna/).waitFor();
  await page.getByRole('button', { name: /Filters$/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Filter deliveries' });
  await dialog.getByLabel('AI interview', { exact: true }).fill('chosen');
  await dialog.getByRole('button', { name: 'Chosen interview' }).click();
  await dialog.getByLabel('Event').selectOption('Start');
  await dialog.getByRole('button', { name: 'Last hour' }).click();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await row(page, /Another Anna/).waitFor({ state: 'detached' });
  await row(page, /Chosen Charlie/).waitFor();
  await page.getByRole('button', { name: 'Remove filter AI interview Chosen interview' }).waitFor();
  await page.getByRole('button', { name: 'Clear all' }).click();
  await row(page, /Another Anna/).waitFor();
});

test('all that match are redelivered after counting and asking, and can be stopped', async ({
  server,
  page,
}) => {
  await using endpoint = await receiver();
  endpoint.answer = 500;
  await sendTo(server, endpoint.url);
  await failing(server, ['Batch Bea', 'Batch Bob', 'Batch Ben']);
  await signInAt(page, '/deliveries?text=batch&state=failed', server.apiKey);
  endpoint.answer = 200;
  await page.getByRole('button', { name: 'Redeliver all…' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Redeliver 3 deliveries?' });
  await dialog.getByText('State: Failed · Text: “batch”').waitFor();
  await dialog.getByText(endpoint.url).first().waitFor();
  await dialog.getByRole('button', { name: 'Redeliver 3' }).click();
  const progress = page.getByRole('region', { name: 'Redelivery' });
  await progress.getByText('3 deliveries redelivered: 3 arrived').waitFor();
  await progress.getByRole('button', { name: 'Dismiss' }).click();
  await progress.waitFor({ state: 'detached' });
  // They do not match any more.
  await page.getByText('No delivery matches').waitFor();

  endpoint.answer = 'never';
  await page.getByRole('button', { name: 'Remove filter State Failed' }).click();
  await page.getByRole('button', { name: 'Redeliver all…' }).click();
  await page.getByText('All of them were delivered already').waitFor();
  await page.getByRole('button', { name: 'Redeliver 3' }).click();
  await progress.getByText('Redelivering 3 deliveries').waitFor();
  await page.reload();
  await progress.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('alertdialog', { name: 'Stop sending these again?' }).waitFor();
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await progress.getByText('Stopped: 0 of 3 deliveries had been delivered').waitFor();
});

test('everything can be done by keys', async ({ server, page }) => {
  await using endpoint = await receiver();
  await sendTo(server, endpoint.url);
  const interview = await createInterview(server, 'Keys');
  for (const name of ['Keyed Kim', 'Keyed Kay', 'Keyed Ken'])
    await becomes(server, await start(server, interview, name), 'delivered');
  await signInAt(page, '/deliveries', server.apiKey);
  await row(page, /Keyed Ken/).waitFor();
  const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');

  await page.keyboard.press('/');
  await page.keyboard.type('keyed k');
  await page.getByRole('button', { name: /Remove filter Text/ }).waitFor();
  await row(page, /Keyed Ken/).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(focused).toContain('Keyed Ken');
  await page.keyboard.press('j');
  await page.keyboard.press('ArrowDown');
  await expect.poll(focused).toContain('Keyed Kim');
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Keyed Kay' }).waitFor();
  await expect.poll(focused).toBe('Keyed Kay');
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { name: 'Keyed Kay' }).waitFor({ state: 'detached' });
  await expect.poll(focused).toContain('Keyed Kay');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Keyed Kay' }).waitFor();
  await page.keyboard.press('j');
  await expect.poll(focused).toContain('Keyed Kim');
});
