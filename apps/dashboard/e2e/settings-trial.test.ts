import { receiver } from '@interview-webhooks/testing';
import { expect } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { test } from './dashboard-test.ts';
import { choose, signIn, urlField } from './steps.ts';

const SETTINGS = '/ai-interviews/settings/webhooks';

test('a test goes to what is typed and not saved, and shows what went over the wire', async ({
  server,
  page,
}) => {
  await using target = await receiver();
  await signIn(page, server.apiKey);
  await urlField(page, 'Start').fill(`${target.url}/typed`);
  await choose(page, 'Basic');
  await page.getByLabel('Username').fill('user');
  await page.getByLabel('Password', { exact: true }).fill('pass-9d2e');
  await page.getByRole('button', { name: 'Send a test of the start event' }).click();

  const result = page.getByRole('region', { name: 'Result of the test' });
  await result.getByText(/^Received: the receiver answered 200, [\d.]+ m?s$/).waitFor();
  await page.getByRole('status').getByText('The test arrived').waitFor();
  const [received] = target.received;
  expect(received?.path).toBe('/typed');
  expect(received?.headers.authorization).toBe(`Basic ${btoa('user:pass-9d2e')}`);
  expect(JSON.parse(received?.body ?? '')).toMatchObject({ event: 'ai_interview.start', test: true });

  await result
    .getByText(/^\d+ headers$/)
    .last()
    .click();
  await result.getByText('••••••').waitFor();
  await result.getByRole('region', { name: 'Response body' }).getByText('noted').waitFor();
  expect(await page.content()).not.toContain(btoa('user:pass-9d2e'));
  expect(await server.rest('GET', SETTINGS)).toMatchObject({ webhooks: { start: { url: null } } });
  // From the top: what the header covers by half would count as too small.
  await page.evaluate(() => {
    window.scrollTo(0, 0);
  });
  await expectAccessible(page, 'test received');

  await result.getByRole('button', { name: 'Close the result' }).click();
  await result.waitFor({ state: 'detached' });
  await page.getByText('Unsaved changes').waitFor();
});

test('a test that fails says why in plain words, and what to do', async ({ server, page }) => {
  const target = await receiver();
  target.answer = 401;
  await signIn(page, server.apiKey);
  await urlField(page, 'Submission').fill(target.url);
  const send = page.getByRole('button', { name: 'Send a test of the submission event' });
  await send.click();
  const result = page.getByRole('region', { name: 'Result of the test' });
  await result.getByText('Not received: the receiver answered 401').waitFor();
  await result.getByText('Correct the authentication in the settings').waitFor();
  await page.evaluate(() => {
    window.scrollTo(0, 0);
  });
  await expectAccessible(page, 'test refused');

  await target[Symbol.asyncDispose]();
  await send.click();
  await result.getByText('Not received: nothing accepts connections at that address and port').waitFor();
  await result.getByText('Start the receiver, or correct the port in the URL.').waitFor();
});

test('a test that cannot be sent says so at the field', async ({ server, page }) => {
  await signIn(page, server.apiKey);
  const send = page.getByRole('button', { name: 'Send a test of the start event' });
  const start = urlField(page, 'Start');
  await start.press('Tab');
  await page.keyboard.press('Enter');
  const fault = page.getByText('URL is required to send a test.');
  await fault.waitFor();
  await expect.poll(() => start.evaluate((input) => input === document.activeElement)).toBe(true);
  // The field was left a moment ago, and is looked at for that.
  await page.waitForTimeout(500);
  expect(await fault.isVisible()).toBe(true);

  await start.fill('https://10.0.0.1/x');
  await send.click();
  await page.getByText('URL is the private address 10.0.0.1').waitFor();

  await start.fill('https://example.com/x');
  await choose(page, 'Basic');
  await send.click();
  await page.getByText('Password is required.').waitFor();
  expect(await page.getByRole('region', { name: 'Result of the test' }).count()).toBe(0);
});
