import { expect } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { gatherComplaints } from './complaints.ts';
import { test } from './dashboard-test.ts';
import { answerWithProblem, callsOf, createKey, signInAt } from './steps.ts';

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0';

test('a session is ended from another browser, which has to sign in again', async ({
  server,
  page,
  browser,
}) => {
  const { api_key } = await createKey(server, { name: 'Lost laptop', scopes: ['deliveries:read'] });
  await using lost = await browser.newContext({ baseURL: server.url, userAgent: firefox });
  const complaints = await gatherComplaints(lost, []);
  const lostPage = await lost.newPage();
  await signInAt(lostPage, '/deliveries', api_key);
  await lostPage.getByText('Live', { exact: true }).waitFor();

  await signInAt(page, '/keys', server.apiKey);
  const sessions = page.getByRole('table', { name: 'Sessions' });
  const own = sessions.getByRole('row', { name: /This browser/ });
  await own.getByText('Chrome on Linux').waitFor();
  expect(await own.count()).toBe(1);
  const other = sessions.getByRole('row', { name: /Firefox on Windows/ });
  for (const text of ['127.0.0.1', 'Lost laptop', 'just now']) {
    await other.getByText(text).filter({ visible: true }).first().waitFor();
  }
  await expectAccessible(page, 'sessions');

  await other.getByRole('button', { name: /^End the session of Firefox/ }).click();
  const dialog = page.getByRole('alertdialog', { name: 'End the session of Firefox on Windows?' });
  await expectAccessible(page, 'session ending');
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await other.count()).toBe(1);

  await other.getByRole('button', { name: /^End the session of Firefox/ }).click();
  await dialog.getByRole('button', { name: 'End session' }).click();
  await page.getByText('The session of Firefox on Windows has ended').waitFor();
  await other.waitFor({ state: 'detached' });
  // By itself: its stream ends.
  await lostPage.getByRole('heading', { name: 'Sign in again' }).waitFor();
  await own.waitFor();
  complaints.expectNone();
});

test('one’s own session ends by signing out', async ({ server, page }) => {
  await signInAt(page, '/keys', server.apiKey);
  const own = page.getByRole('row', { name: /This browser/ });
  await own.getByRole('button', { name: /^End the session of Chrome/ }).click();
  await page.getByText('you are signed out').waitFor();
  await page.getByRole('button', { name: 'End session' }).click();
  await page.getByRole('button', { name: 'Sign in' }).waitFor();
  expect(await page.context().cookies()).toEqual([]);
});

test('a session that has ended before leaves the list', async ({ server, page, browser }) => {
  await using other = await browser.newContext({ baseURL: server.url, userAgent: firefox });
  const otherPage = await other.newPage();
  await signInAt(otherPage, '/keys', server.apiKey);
  await otherPage.getByRole('row', { name: /This browser/ }).waitFor();
  await signInAt(page, '/keys', server.apiKey);
  const row = page.getByRole('row', { name: /Firefox on Windows/ });
  await row.getByRole('button').click();
  await otherPage.getByRole('button', { name: /^Account/ }).click();
  await otherPage.getByRole('button', { name: 'Sign out' }).click();
  await otherPage.getByRole('button', { name: 'Sign in' }).waitFor();
  await page.getByRole('button', { name: 'End session' }).click();
  await page.getByText('The session was not ended').waitFor();
  await row.waitFor({ state: 'detached' });
});

test('sessions that cannot be loaded say so, and are asked for again', async ({ server, page }) => {
  const answerAgain = await answerWithProblem(page, 'sessions.list');
  await signInAt(page, '/keys', server.apiKey);
  await page.getByText('The sessions could not be loaded').waitFor();
  await expectAccessible(page, 'sessions failed');
  await answerAgain();
  const region = page.getByRole('region', { name: 'Sessions' });
  await region.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('row', { name: /This browser/ }).waitFor();
});

test('what a page asks by itself says so after a minute, and so keeps no session from ending', async ({
  server,
  page,
  provoked,
}) => {
  provoked.push(/net::ERR_FAILED/);
  await page.route('**/trpc/deliveries.live*', (route) => route.abort());
  await signInAt(page, '/deliveries', server.apiKey);
  await page.getByText('Every 5 s').waitFor();
  const lists = callsOf('deliveries.list');
  const unattended = async () => {
    const request = await page.waitForRequest((request) => lists(new URL(request.url())));
    return request.headers()['x-unattended'];
  };
  expect(await unattended()).toBeUndefined();
  await page.clock.setFixedTime(Date.now() + 60_000);
  expect(await unattended()).toBe('true');
  await page.mouse.move(10, 10);
  expect(await unattended()).toBeUndefined();
});

test('many sessions come page by page', async ({ server, page }) => {
  const { api_key } = await createKey(server, { name: 'Many', scopes: ['settings:read'] });
  const headers = { origin: server.url, 'sec-fetch-site': 'same-origin' };
  for (let index = 1; index <= 26; index++) {
    const options = {
      key: null,
      body: { api_key },
      headers: { ...headers, 'user-agent': `Robot${index}/1` },
    };
    expect((await server.call('POST', '/trpc/session.signIn', options)).status).toBe(200);
  }
  await signInAt(page, '/keys', server.apiKey);
  await page.getByRole('row', { name: /^Robot26/ }).waitFor();
  const oldest = page.getByRole('row', { name: /^Robot1 / });
  expect(await oldest.count()).toBe(0);
  await page.getByRole('region', { name: 'Sessions' }).getByRole('button', { name: 'Load more' }).click();
  await oldest.waitFor();
});
