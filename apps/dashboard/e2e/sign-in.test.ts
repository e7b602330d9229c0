import { expect } from 'vitest';
import { test } from './dashboard-test.ts';
import { signIn, tabUntil, urlField } from './steps.ts';

test('a wrong key is refused at the field, the right one opens the settings', async ({ server, page }) => {
  await page.goto('/settings');
  const field = page.getByLabel('API key', { exact: true });

  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('API key must not be empty.').waitFor();

  await field.fill('iwk_wrong');
  await page.getByRole('button', { name: 'Show API key' }).click();
  expect(await field.getAttribute('type')).toBe('text');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('API key is not valid: it may be mistyped, revoked or expired.').waitFor();
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);

  await field.fill(server.apiKey);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Webhook settings' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/settings');
  // The title follows the heading.
  await expect.poll(() => page.title()).toBe('Settings · Interview Webhooks');
});

test('signing out ends the session', async ({ server, page }) => {
  await signIn(page, server.apiKey);
  const cookies = await page.context().cookies();
  expect(cookies).toMatchObject([{ httpOnly: true, sameSite: 'Strict' }]);

  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByText('Owner').waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await page.context().cookies()).toEqual([]);

  // The session is over on the server, too: its cookie opens nothing any more.
  await page.context().addCookies(cookies);
  await page.goto('/settings');
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

test('a session that runs out does not lose what was typed', async ({ server, page }) => {
  await signIn(page, server.apiKey);
  await urlField(page, 'Start').fill('https://example.com/typed');
  await page.context().clearCookies();

  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Your session has ended.').waitFor();
  await page.getByLabel('API key', { exact: true }).fill(server.apiKey);
  await page.getByRole('button', { name: 'Sign in' }).click();

  await urlField(page, 'Start').waitFor();
  expect(await urlField(page, 'Start').inputValue()).toBe('https://example.com/typed');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('Settings saved').waitFor();
});

test('an address that is no page says so', async ({ server, page }) => {
  await signIn(page, server.apiKey);
  await page.goto('/nowhere');
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
});

test('the keyboard alone is enough to sign in and to save', async ({ server, page }) => {
  await page.goto('/settings');
  const { keyboard } = page;
  const tabTo = (name: string) => tabUntil(page, name);

  await page.getByLabel('API key', { exact: true }).waitFor();
  await tabTo('API key');
  await keyboard.type(server.apiKey);
  await keyboard.press('Enter');
  await page.getByRole('switch', { name: 'Start webhook' }).waitFor();

  await tabTo('Start webhook');
  await keyboard.press('Space');
  await page.getByText('URL is required while the webhook is on.').waitFor();
  await tabTo('URL');
  await keyboard.type('https://example.com/keys');
  await tabTo('None');
  await keyboard.press('ArrowRight');
  await tabTo('Username');
  await keyboard.type('user');
  await tabTo('Password');
  await keyboard.type('pass');
  await tabTo('Save');
  await keyboard.press('Enter');
  await page.getByText('Settings saved').waitFor();
  // The button that had the focus is gone; the focus is not lost with it.
  await expect.poll(() => page.locator(':focus').textContent()).toBe('Webhook settings');

  expect(await server.rest('GET', '/ai-interviews/settings/webhooks')).toMatchObject({
    webhooks: {
      start: { status: true, url: 'https://example.com/keys' },
      auth: { type: 'basic', basic: { username: 'user', hasPassword: true } },
    },
  });
});
