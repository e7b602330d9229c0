import { SigningSecret } from '@interview-webhooks/schema';
import { expect } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { test } from './dashboard-test.ts';
import { answerWithProblem, signIn, signInAt, tabUntil } from './steps.ts';

const SETTINGS = '/ai-interviews/settings/webhooks';

test('the signing secret is shown on request, and rotated after asking', async ({ server, page }) => {
  const secretNow = async () => SigningSecret.parse(await server.rest('GET', `${SETTINGS}/secret`)).secret;
  const before = await secretNow();
  await signInAt(page, '/settings/signing', server.apiKey);
  await page.getByText(/^whsec_•+$/).waitFor();
  await page.getByRole('button', { name: 'Reveal' }).click();
  await page.getByText(before).waitFor();
  await page.getByRole('button', { name: 'Copy signing secret' }).waitFor();
  await page.getByRole('button', { name: 'Hide' }).click();
  expect(await page.content()).not.toContain(before);

  await page.getByRole('button', { name: 'Rotate…' }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Rotate the signing secret?' });
  await dialog.getByRole('radio', { name: 'None' }).check();
  await dialog.getByText('Receivers that only know the old secret refuse every webhook').waitFor();
  await expectAccessible(page, 'rotating the secret');
  await dialog.getByRole('button', { name: 'Keep the secret' }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await secretNow()).toBe(before);

  await page.getByRole('button', { name: 'Rotate…' }).click();
  await dialog.getByRole('radio', { name: '3 days' }).check();
  await dialog.getByRole('button', { name: 'Rotate', exact: true }).click();
  await page.getByText('The signing secret was rotated').waitFor();
  const after = await secretNow();
  expect(after).not.toBe(before);
  await page.getByText(after).waitFor();
  await page.getByText(/before that ends in [23] days/).waitFor();
});

test('code that verifies signatures stands ready in five languages', async ({ server, page }) => {
  await signInAt(page, '/settings/signing?language=python', server.apiKey);
  const code = (language: string) => page.getByRole('region', { name: `code for ${language}` });
  await code('Python').getByText('hmac.compare_digest').waitFor();
  await expectAccessible(page, 'signing');
  for (const [language, words] of [
    ['Node', 'timingSafeEqual'],
    ['PHP', 'hash_equals'],
    ['Go', 'hmac.Equal'],
    ['Java', 'MessageDigest.isEqual'],
  ] as const) {
    await page.getByRole('radio', { name: language }).check();
    await code(language).getByText(words).first().waitFor();
  }
  expect(new URL(page.url()).search).toBe('?language=java');
});

test('both payloads can be seen before anything is sent', async ({ server, page }) => {
  await server.rest('POST', SETTINGS, {
    webhooks: { auth: { type: 'apikey', apikey: { header: 'X-Receiver', apikey: 'key-5c1f' } } },
  });
  await signInAt(page, '/settings/payloads', server.apiKey);
  await page.getByRole('region', { name: 'payload of the start webhook' }).getByText('"Started"').waitFor();
  await page
    .getByRole('region', { name: 'payload of the submission webhook' })
    .getByText('"Strong hire"')
    .waitFor();
  await page.getByText('x-receiver').waitFor();
  await expectAccessible(page, 'payloads');
});

test('the history tells who changed what, and brings it back after asking', async ({ server, page }) => {
  await server.rest('POST', SETTINGS, {
    webhooks: { start: { status: true, url: 'https://example.com/first' } },
  });
  await server.rest('POST', SETTINGS, {
    webhooks: { start: { url: 'https://example.com/second' } },
    updateAll: true,
  });
  await signInAt(page, '/settings/history', server.apiKey);
  const entries = page.getByRole('list', { name: 'Revisions, newest first' }).locator('> li');
  const newest = entries.first();
  await newest.getByText('In effect').waitFor();
  await newest.getByText('https://example.com/first').waitFor();
  await newest.getByText('https://example.com/second').waitFor();
  await newest.getByText('Applied to all AI interviews: start').waitFor();
  await newest.getByText(/^Revision \d+, just now by .+ through the API$/).waitFor();
  await expectAccessible(page, 'history');

  await entries
    .nth(1)
    .getByRole('button', { name: /^Restore revision/ })
    .click();
  const dialog = page.getByRole('alertdialog', { name: /^Restore revision \d+\?$/ });
  await dialog.getByText('https://example.com/first').waitFor();
  await expectAccessible(page, 'restoring');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'detached' });
  const start = async () => server.rest('GET', SETTINGS);
  expect(await start()).toMatchObject({ webhooks: { start: { url: 'https://example.com/second' } } });

  await entries
    .nth(1)
    .getByRole('button', { name: /^Restore revision/ })
    .click();
  await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
  await page.getByText(/^Revision \d+ was restored$/).waitFor();
  await newest.getByText(/^Restored from revision \d+/).waitFor();
  expect(await start()).toMatchObject({ webhooks: { start: { url: 'https://example.com/first' } } });
});

test('a history that cannot be loaded can be asked for again', async ({ server, page }) => {
  const answerAgain = await answerWithProblem(page, 'settings.history');
  await signInAt(page, '/settings/history', server.apiKey);
  await page.getByText('The history could not be loaded').waitFor();
  await expectAccessible(page, 'history failed');
  await answerAgain();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('list', { name: 'Revisions, newest first' }).waitFor();
});

test('the keyboard alone is enough to send a test, to rotate the secret and to restore', async ({
  server,
  page,
}) => {
  await server.rest('POST', SETTINGS, { webhooks: { start: { url: 'https://example.com/first' } } });
  const { keyboard } = page;
  await signIn(page, server.apiKey);
  await tabUntil(page, 'Send a test of the submission event');
  await keyboard.press('Enter');
  await page.getByText('URL is required to send a test.').waitFor();

  await page.getByRole('heading', { name: 'Webhook settings' }).focus();
  await tabUntil(page, 'Signing');
  await keyboard.press('Enter');
  await page.getByText(/^whsec_•+$/).waitFor();
  await tabUntil(page, 'Rotate…');
  await keyboard.press('Enter');
  const rotating = page.getByRole('alertdialog', { name: 'Rotate the signing secret?' });
  await rotating.waitFor();
  await keyboard.press('Shift+Tab');
  await keyboard.press('ArrowRight');
  await expect.poll(() => rotating.getByRole('radio', { name: '3 days' }).isChecked()).toBe(true);
  await keyboard.press('Escape');
  await rotating.waitFor({ state: 'detached' });
  // The focus is where it was, and goes on from there.
  await expect.poll(() => page.locator(':focus').textContent()).toBe('Rotate…');

  await page.getByRole('heading', { name: 'Webhook settings' }).focus();
  await tabUntil(page, 'History');
  await keyboard.press('Enter');
  await page.getByRole('list', { name: 'Revisions, newest first' }).waitFor();
  const restore = page.getByRole('button', { name: /^Restore revision/ }).first();
  await tabUntil(page, (await restore.getAttribute('aria-label')) ?? '');
  await keyboard.press('Enter');
  const restoring = page.getByRole('alertdialog', { name: /^Restore revision/ });
  await restoring.waitFor();
  await tabUntil(page, 'Restore');
  await keyboard.press('Enter');
  await page.getByText(/^Revision \d+ was restored$/).waitFor();
});
