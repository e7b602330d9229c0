import { describe, expect } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { test } from './dashboard-test.ts';
import { answerWithProblem, choose, save, signIn, urlField } from './steps.ts';

describe('everyone can use, in both themes, wide and narrow,', () => {
  test('the sign-in page and its fault', async ({ page }) => {
    await page.goto('/');
    await page.getByLabel('API key', { exact: true }).fill('wrong');
    await expectAccessible(page, 'sign in');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('API key is not valid').waitFor();
    await expectAccessible(page, 'sign in refused');
  });

  test('the settings: empty, with faults, asking, saved and failed', async ({ server, page }) => {
    await server.rest('POST', '/ai-interviews', { ai_interview_name: 'One' });
    await signIn(page, server.apiKey);
    await page.getByText('No webhooks yet').waitFor();
    await expectAccessible(page, 'never configured');

    await page.getByRole('switch', { name: 'Start webhook' }).check();
    await choose(page, 'API key header');
    await save(page);
    await page.getByText('Header name is required.').waitFor();
    await expectAccessible(page, 'faults');

    await urlField(page, 'Start').fill(`https://example.com/${'long/'.repeat(40)}`);
    await page.getByLabel('Header name').fill('X-Api-Key');
    await page.getByLabel('API key', { exact: true }).fill('secret');
    await page.getByRole('checkbox', { name: /existing AI interview/ }).check();
    await save(page);
    await page.getByRole('alertdialog').waitFor();
    await expectAccessible(page, 'asking');

    await page.getByRole('button', { name: /^Save and apply to/ }).click();
    await page.getByText(/^Saved and applied to/).waitFor();
    await page.getByText(/revision \d+/).waitFor();
    await expectAccessible(page, 'saved');

    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await expectAccessible(page, 'account');
    await page.keyboard.press('Escape');

    await answerWithProblem(page, 'settings.updateWebhookSettings');
    await page.getByRole('switch', { name: 'Start webhook' }).uncheck();
    await save(page);
    await page.getByText('The settings were not saved').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).hover();
    await expectAccessible(page, 'failed');
  });
});

test('a chosen theme is there from the first paint on, and stays', async ({ page }) => {
  // Without motion a colour is at once what it will be.
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await page.goto('/');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const isDark = () => page.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark');
  const light = await background();
  await page.getByRole('radio', { name: 'Dark theme' }).check();
  await isDark();
  const dark = await background();
  expect(dark).not.toBe(light);

  await page.reload({ waitUntil: 'commit' });
  // Set by the file that runs before anything is painted, not by the application.
  await isDark();
  await page.getByRole('radio', { name: 'Dark theme' }).waitFor();
  expect(await background()).toBe(dark);

  await page.getByRole('radio', { name: 'System theme' }).check();
  await expect.poll(background).toBe(light);
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test('nothing needs more than the policy allows, trusted types included', async ({ server, page }) => {
  await server.rest('POST', '/ai-interviews', { ai_interview_name: 'One' });
  const policy = (await page.goto(server.url))?.headers()['content-security-policy'] ?? '';
  expect(policy).toMatch(/^default-src 'none'; script-src 'self'; .*require-trusted-types-for 'script'/);
  // What the browser blocks fails the test by itself; see gatherComplaints.
  await signIn(page, server.apiKey);
  await urlField(page, 'Start').fill('https://example.com/x');
  await page.getByRole('checkbox', { name: /existing AI interview/ }).check();
  await save(page);
  await page.getByRole('button', { name: /^Save and apply to/ }).click();
  await page.getByText(/^Saved and applied to/).waitFor();
});
