import { expect } from 'vitest';
import { test } from './dashboard-test.ts';
import { answerWithProblem, callsOf, choose, save, signIn, urlField } from './steps.ts';

const SETTINGS = '/ai-interviews/settings/webhooks';

test('faults are shown at each field before anything is sent', async ({ server, page }) => {
  const posts: string[] = [];
  await signIn(page, server.apiKey);
  page.on('request', (request) => {
    if (request.method() === 'POST') posts.push(request.url());
  });
  await page.getByRole('switch', { name: 'Start webhook' }).check();
  await urlField(page, 'Submission').fill('example.com/hook');
  // The fault appears when the field is left, and goes when it is mended.
  await urlField(page, 'Submission').blur();
  await page.getByText('URL must be a full URL that begins with https://.').waitFor();
  await choose(page, 'Basic');
  await page.getByLabel('Username').fill('us:er');
  await save(page);
  for (const message of [
    'URL is required while the webhook is on.',
    'URL must be a full URL that begins with https://.',
    'Username must not contain a colon; it separates the username from the password.',
    'Password is required.',
  ]) {
    await page.getByText(message).waitFor();
  }
  // The first of them has the focus.
  const focused = urlField(page, 'Start');
  await expect.poll(() => focused.evaluate((input) => input === document.activeElement)).toBe(true);

  await choose(page, 'API key header');
  await page.getByLabel('Header name').fill('Content-Type');
  await page.getByLabel('API key', { exact: true }).fill(' spaced ');
  await save(page);
  await page.getByText('Header name is a header that the sender sets itself').waitFor();
  await page.getByText('API key must be printable ASCII').waitFor();
  await page.getByLabel('Header name').fill('two words');
  await page.getByText('Header name must be a header name: letters').waitFor();
  expect(posts).toEqual([]);
});

test('faults that only the server can find are shown at the field, too', async ({ server, page }) => {
  await signIn(page, server.apiKey);
  await urlField(page, 'Start').fill('https://10.0.0.1/x');
  await urlField(page, 'Submission').fill('http://203.0.113.9/x');
  await save(page);
  await page.getByText('URL is the private address 10.0.0.1').waitFor();
  await page.getByText('Not saved').waitFor();
  const start = urlField(page, 'Start');
  await expect.poll(() => start.evaluate((input) => input === document.activeElement)).toBe(true);
  expect(await urlField(page, 'Submission').getAttribute('aria-invalid')).toBe('true');

  await start.fill('https://example.com/x');
  await urlField(page, 'Submission').fill('');
  await page.getByText('URL is the private address').waitFor({ state: 'detached' });
  await save(page);
  await page.getByText('Settings saved').waitFor();
});

test('an API key header turned into basic needs a password', async ({ server, page }) => {
  await server.rest('POST', SETTINGS, {
    webhooks: { auth: { type: 'apikey', apikey: { header: 'X-Key', apikey: 'secret' } } },
  });
  await signIn(page, server.apiKey);
  await page.getByRole('group', { name: 'API key' }).getByText('Stored').waitFor();
  await choose(page, 'Basic');
  await page.getByLabel('Username').fill('user');
  await save(page);
  await page.getByText('Password is required.').waitFor();
});

test('a stored password that is gone meanwhile can be typed again', async ({ server, page }) => {
  const basic = { webhooks: { auth: { type: 'basic', basic: { username: 'user', password: 'pass' } } } };
  await server.rest('POST', SETTINGS, basic);
  await signIn(page, server.apiKey);
  await page.getByLabel('Username').fill('other');
  // Someone else, over REST.
  await server.rest('POST', SETTINGS, { webhooks: { auth: null } });
  await save(page);
  await page.getByText('Password is required; no password is stored for this auth type.').waitFor();
  await page.getByLabel('Password', { exact: true }).fill('new');
  await save(page);
  await page.getByText('Settings saved').waitFor();
});

test('a failure nobody expects is shown with the id to report', async ({ server, page }) => {
  await signIn(page, server.apiKey);
  await answerWithProblem(page, 'settings.updateWebhookSettings');
  await urlField(page, 'Start').fill('https://example.com/x');
  await save(page);
  const notice = page.getByRole('alert').filter({ hasText: 'The settings were not saved' });
  await notice.getByText('Something went wrong on our side.').waitFor();
  await notice.getByText('0198-e2e').waitFor();
  await notice.getByRole('button', { name: 'Copy request id' }).waitFor();
});

test('settings that cannot be loaded can be asked for again', async ({ server, page }) => {
  await signIn(page, server.apiKey);
  const reads = callsOf('settings.webhookSettings');
  await page.route(reads, (route) => route.fulfill({ status: 404, body: 'proxy' }));
  await page.reload();
  const retry = page.getByRole('button', { name: 'Try again' });
  // It tries twice more by itself before it bothers anyone.
  await retry.waitFor();
  await page.unroute(reads);
  await retry.click();
  await page.getByRole('switch', { name: 'Start webhook' }).waitFor();
});
