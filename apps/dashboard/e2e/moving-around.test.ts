import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { test } from './dashboard-test.ts';
import { createInterview, invite, signIn, urlField } from './steps.ts';

const UNSAVED = 'https://example.com/unsaved';

test('a link away from unsaved changes asks, and so do back and forward', async ({ server, page }) => {
  await signIn(page, server.apiKey);
  await page.goto('/nowhere');
  await page.getByRole('link', { name: 'Settings' }).click();
  await urlField(page, 'Start').fill(UNSAVED);

  await page.evaluate(() => {
    window.history.back();
  });
  const dialog = page.getByRole('alertdialog', { name: 'Discard unsaved changes?' });
  await dialog.getByRole('button', { name: 'Keep editing' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(new URL(page.url()).pathname).toBe('/settings');
  expect(await urlField(page, 'Start').inputValue()).toBe(UNSAVED);

  await page.evaluate(() => {
    window.history.back();
  });
  await dialog.getByRole('button', { name: 'Discard and leave' }).click();
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  expect(new URL(page.url()).pathname).toBe('/nowhere');
  await page.goForward();
  await urlField(page, 'Start').waitFor();
  expect(await urlField(page, 'Start').inputValue()).toBe('');
});

test('Escape keeps the changes, and the focus goes back to where it was', async ({ server, page }) => {
  await signIn(page, server.apiKey);
  await urlField(page, 'Start').fill(UNSAVED);
  const account = page.getByRole('button', { name: /^Account/ });
  await account.click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('alertdialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').waitFor({ state: 'detached' });
  await expect.poll(() => account.evaluate((button) => button === document.activeElement)).toBe(true);
  expect(await urlField(page, 'Start').inputValue()).toBe(UNSAVED);
});

test('another page begins at its title, for those who hear it', async ({ server, page }) => {
  await signIn(page, server.apiKey);
  await page.goto('/nowhere');
  await page.getByRole('link', { name: 'Settings' }).click();
  await expect.poll(() => page.locator(':focus').textContent()).toBe('Webhook settings');
});

test('the command palette goes to pages and does things, by the keyboard alone', async ({ server, page }) => {
  await signIn(page, server.apiKey);
  await page.goto('/nowhere');
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Go to or do…' });
  await palette.getByRole('combobox').fill('settin');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Webhook settings' }).waitFor();

  await page.keyboard.press('Control+k');
  await palette.getByRole('combobox').fill('dark');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark');
  await page.keyboard.press('Control+k');
  await palette.waitFor();
  await expectAccessible(page, 'command palette');
  await page.keyboard.press('Control+k');
  await palette.waitFor({ state: 'detached' });
});

/** Keeps the palette's code on its way until what it gives is called. */
async function holdPalette(page: Page): Promise<() => void> {
  const released = new EventTarget();
  const release = new Promise((resolve) => {
    released.addEventListener('release', resolve);
  });
  await page.route('**/assets/command-palette-*.js', async (route) => {
    await release;
    await route.continue();
  });
  return () => released.dispatchEvent(new Event('release'));
}

test('what is typed before the command palette has loaded is not lost', async ({ server, page }) => {
  const release = await holdPalette(page);
  await signIn(page, server.apiKey);
  await page.getByRole('heading', { name: 'Webhook settings' }).focus();
  await page.keyboard.press('Control+k');
  // With letters among them that are keys of their own where nobody is typing.
  await page.keyboard.type('kj/?');
  const palette = page.getByRole('dialog', { name: 'Go to or do…' });
  await palette.getByText('Loading the commands').waitFor();
  const field = palette.getByRole('textbox');
  expect(await field.inputValue()).toBe('kj/?');
  await expectAccessible(page, 'command palette loading');
  for (let presses = 0; presses < 4; presses++) await page.keyboard.press('Backspace');
  await page.keyboard.type('ov');
  release();
  await page.keyboard.type('erview');
  await palette.getByRole('option', { name: 'Overview' }).waitFor();
  expect(await palette.getByRole('combobox').inputValue()).toBe('overview');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/overview');
});

test('Enter before the command palette has loaded does what was typed, as soon as it can', async ({
  server,
  page,
}) => {
  const release = await holdPalette(page);
  await signIn(page, server.apiKey);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('overview');
  await page.keyboard.press('Enter');
  release();
  await page.waitForURL('**/overview');
});

test('the command palette opens the form of what is to be created', async ({ server, page }) => {
  await signIn(page, server.apiKey);
  await page.getByRole('button', { name: 'Go to or do…' }).click();
  await page.getByRole('option', { name: 'New AI interview' }).click();
  await page.getByRole('dialog', { name: 'New AI interview' }).getByLabel('Name').waitFor();
  await page.keyboard.press('Escape');
  await page.waitForURL('**/interviews');
});

test('? shows the keys, but not to who is typing', async ({ server, page }) => {
  await signIn(page, server.apiKey);
  await urlField(page, 'Start').press('?');
  expect(await urlField(page, 'Start').inputValue()).toBe('?');
  await urlField(page, 'Start').fill('');
  await page.getByRole('heading', { name: 'Webhook settings' }).focus();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard' });
  await help.getByText('Next row of a list').waitFor();
  await expectAccessible(page, 'keyboard help');
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
});

test('a page whose code cannot be loaded says so', async ({ server, page, provoked }) => {
  provoked.push(/net::ERR_FAILED/, /Failed to fetch dynamically imported module/);
  await page.route('**/assets/settings-page-*.js', (route) => route.abort());
  await page.goto('/settings');
  await page.getByLabel('API key', { exact: true }).fill(server.apiKey);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByText('This page stopped working').waitFor();
  await page.unroute('**/assets/settings-page-*.js');
  await page.getByRole('button', { name: 'Reload' }).click();
  await urlField(page, 'Start').waitFor();
});

test('nothing moves while a page comes', async ({ server, page }) => {
  const id = await createInterview(server, 'Still');
  await invite(server, id);
  await page.addInitScript(() => {
    const moved: string[] = [];
    Object.assign(globalThis, { moved });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) moved.push(JSON.stringify(entry));
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await signIn(page, server.apiKey);
  const pages = {
    '/settings': page.getByRole('switch', { name: 'Start webhook' }),
    '/interviews': page.getByRole('link', { name: 'Still' }),
    [`/interviews/${id}`]: page.getByRole('link', { name: 'Ada Lovelace' }),
    '/keys': page.getByRole('button', { name: 'Revoke Owner' }),
    '/deliveries?state=failed': page.getByText('Live', { exact: true }),
    '/overview': page.getByRole('heading', { name: 'Your first webhook' }),
  };
  for (const [path, arrived] of Object.entries(pages)) {
    await page.goto(path);
    await arrived.waitFor();
    // The observer is told of a frame once it has been painted.
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => setTimeout(painted))));
    const moved = await page.evaluate(() => Reflect.get(globalThis, 'moved') as unknown);
    expect(moved, path).toEqual([]);
  }
});
