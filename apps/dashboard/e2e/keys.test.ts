import { apiClient } from '@interview-webhooks/testing';
import { expect } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { test } from './dashboard-test.ts';
import { createKey, signInAt } from './steps.ts';

test('a key is made with the least it needs, shown once, and works', async ({ server, page }) => {
  await signInAt(page, '/keys', server.apiKey);
  await page.getByRole('button', { name: 'Create API key' }).click();
  const form = page.getByRole('dialog', { name: 'Create an API key' });
  await form.getByRole('button', { name: 'Create' }).click();
  await form.getByText('Name must not be empty.').waitFor();
  await form.getByText('Scopes must be chosen, at least one.').waitFor();
  await expectAccessible(page, 'key faults');

  await form.getByLabel('Name').fill('Careers site');
  await form.getByRole('group', { name: 'Webhook settings' }).getByLabel('Read').check();
  await form.getByLabel('Expires').selectOption('Never');
  await form.getByRole('button', { name: 'Create' }).click();

  const shown = page.getByRole('dialog', { name: '“Careers site” is ready' });
  const key = await shown.getByLabel('API key').inputValue();
  await expectAccessible(page, 'key created');
  expect((await server.call('GET', '/ai-interviews/settings/webhooks', { key })).status).toBe(200);
  expect((await server.call('GET', '/ai-interviews', { key })).status).toBe(403);

  // Nothing that happens by accident closes it.
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.mouse.click(5, 5);
  await shown.getByLabel('API key').waitFor();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await shown.getByRole('button', { name: 'Copy key' }).click();
  await shown.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(key);
  await shown.getByRole('button', { name: 'I have stored it' }).click();
  await shown.waitFor({ state: 'detached' });

  const row = page.getByRole('row', { name: /Careers site/ });
  await row.getByText('settings:read').waitFor();
  expect(await row.getByRole('cell').nth(4).textContent()).toBe('Never');
  await page.reload();
  await row.waitFor();
  expect(await page.content()).not.toContain(key);
});

test('a key can end at a date of one’s own', async ({ server, page }) => {
  await signInAt(page, '/keys?dialog=create', server.apiKey);
  const form = page.getByRole('dialog', { name: 'Create an API key' });
  await form.getByLabel('Name').fill('Until the fair');
  await form.getByRole('button', { name: 'Read everything' }).click();
  await form.getByLabel('Expires').selectOption('On a date');
  await form.getByRole('button', { name: 'Create' }).click();
  await form.getByText('Expiry date must be chosen.').waitFor();
  await form.getByLabel('Expiry date').fill('2020-01-31T09:30');
  await form.getByRole('button', { name: 'Create' }).click();
  await form.getByText('Expiry date must be in the future.').waitFor();
  await expectAccessible(page, 'key expiry fault');
  await form.getByLabel('Expiry date').fill('2999-01-31T09:30');
  await form.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('button', { name: 'I have stored it' }).click();
  const expiry = page.getByRole('row', { name: /Until the fair/ }).locator('time[datetime^="2999-01-31"]');
  await expiry.filter({ visible: true }).first().waitFor();
});

test('going back asks before it takes a key away that is shown once', async ({ server, page }) => {
  await signInAt(page, '/settings', server.apiKey);
  await page.getByRole('link', { name: 'API keys' }).click();
  await page.getByRole('button', { name: 'Create API key' }).click();
  await page.getByLabel('Name').fill('Back');
  await page.getByRole('button', { name: 'Read everything' }).click();
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  const shown = page.getByRole('dialog', { name: '“Back” is ready' });
  const key = await shown.getByLabel('API key').inputValue();
  await page.evaluate(() => {
    window.history.go(-2);
  });
  await page.getByRole('button', { name: 'Keep editing' }).click();
  expect(await shown.getByLabel('API key').inputValue()).toBe(key);
});

test('a key is revoked after asking, and refused from then on', async ({ server, page }) => {
  const { api_key } = await createKey(server, { name: 'Old program', scopes: ['settings:read'] });
  await signInAt(page, '/keys', server.apiKey);
  await page.getByRole('button', { name: 'Revoke Old program' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Revoke “Old program”?' });
  await expectAccessible(page, 'key revoking');
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await dialog.waitFor({ state: 'detached' });
  const call = () => server.call('GET', '/ai-interviews/settings/webhooks', { key: api_key });
  expect((await call()).status).toBe(200);

  await page.getByRole('button', { name: 'Revoke Old program' }).click();
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('“Old program” is revoked').waitFor();
  const row = page.getByRole('row', { name: /Old program/ });
  await row.getByText('Revoked').filter({ visible: true }).waitFor();
  expect((await call()).status).toBe(401);
});

test('revoking a key offers to revoke what it created', async ({ server, page }) => {
  const manager = await createKey(server, { name: 'Agency', scopes: ['keys:manage', 'settings:read'] });
  const child = await createKey(apiClient(server.url, manager.api_key), {
    name: 'Made by agency',
    scopes: ['settings:read'],
  });
  await signInAt(page, '/keys', server.apiKey);
  await page
    .getByRole('row', { name: /Made by agency/ })
    .getByText('by Agency', { exact: true })
    .waitFor();
  await page.getByRole('button', { name: 'Revoke Agency' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Revoke “Agency”?' });
  await dialog.getByLabel('Also revoke the key that came from it: Made by agency').check();
  await expectAccessible(page, 'key revoking with what it created');
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('“Agency” is revoked, and 1 that came from it').waitFor();
  const path = '/ai-interviews/settings/webhooks';
  expect((await server.call('GET', path, { key: child.api_key })).status).toBe(401);
});

test('a key that expires creates none that outlives it, and the form says so', async ({ server, page }) => {
  const soon = new Date(Date.now() + 24 * 3_600_000).toISOString();
  const visitor = await createKey(server, {
    name: 'Visitor',
    scopes: ['keys:manage', 'settings:read'],
    expires_at: soon,
  });
  await signInAt(page, '/keys?dialog=create', visitor.api_key);
  const form = page.getByRole('dialog', { name: 'Create an API key' });
  await form.getByLabel('Name').fill('For ever');
  await form.getByRole('button', { name: 'Read everything' }).click();
  await form.getByLabel('Expires').selectOption('Never');
  await form.getByRole('button', { name: 'Create' }).click();
  await form.getByText(/^Expires must be given and not be after .*, when your own key expires/).waitFor();
});

test('the last key that can manage keys stays, and says why', async ({ server, page }) => {
  await signInAt(page, '/keys', server.apiKey);
  await page.getByRole('button', { name: 'Revoke Owner' }).click();
  await page.getByText('You are signed in with this key').waitFor();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
  await page.getByText('The key was not revoked').waitFor();
  await page.getByText('This is the last key that can manage keys').waitFor();
});

test('who may not manage keys is told so, and nobody gives away what they lack', async ({ server, page }) => {
  const reader = await createKey(server, { name: 'Reader', scopes: ['settings:read'] });
  await signInAt(page, '/keys', reader.api_key);
  await page.getByText('lacks the scope keys:manage').waitFor();
  expect(await page.getByRole('link', { name: 'API keys' }).count()).toBe(0);
  await page.context().clearCookies();

  const manager = await createKey(server, { name: 'Manager', scopes: ['keys:manage', 'settings:read'] });
  await signInAt(page, '/keys?dialog=create', manager.api_key);
  const settings = page.getByRole('group', { name: 'Webhook settings' });
  await settings.getByLabel('Read').waitFor();
  expect(await settings.getByLabel('Change').isDisabled()).toBe(true);
});

test('many keys come page by page', async ({ server, page }) => {
  const names = Array.from({ length: 26 }, (_, index) => `Program ${index + 1}`);
  for (const name of names) await createKey(server, { name, scopes: ['settings:read'] });
  await signInAt(page, '/keys', server.apiKey);
  await page.getByRole('row', { name: /Program 26/ }).waitFor();
  const oldest = page.getByRole('button', { name: 'Revoke Program 1', exact: true });
  expect(await oldest.count()).toBe(0);
  await expectAccessible(page, 'keys');
  await page.getByRole('button', { name: 'Load more' }).click();
  await oldest.waitFor();
});
