import { AiInterviewPage } from '@interview-webhooks/schema';
import { expect } from 'vitest';
import { test } from './dashboard-test.ts';
import { choose, createKey, save, signIn, urlField } from './steps.ts';

const SETTINGS = '/ai-interviews/settings/webhooks';

test('the documented settings are saved and applied to all AI interviews, after asking', async ({
  server,
  page,
}) => {
  for (const name of ['One', 'Two']) await server.rest('POST', '/ai-interviews', { ai_interview_name: name });
  const answers: Promise<string>[] = [];
  await signIn(page, server.apiKey);
  await page.getByText('No webhooks yet').waitFor();

  await page.getByRole('switch', { name: 'Start webhook' }).check();
  await urlField(page, 'Start').fill('https://example.com/webhook/start');
  await page.getByRole('switch', { name: 'Submission webhook' }).check();
  await urlField(page, 'Submission').fill('https://example.com/webhook/submission');
  await choose(page, 'Basic');
  await page.getByLabel('Username').fill('user');
  await page.getByLabel('Password', { exact: true }).fill('pass-3f9c');
  await page.getByLabel('Apply to all 2 existing AI interviews').check();
  page.on('response', (response) => answers.push(response.text().catch(() => '')));
  await save(page);

  const dialog = page.getByRole('alertdialog');
  await dialog.getByText('Apply to all 2 AI interviews?').waitFor();
  await dialog.getByText('https://example.com/webhook/submission').waitFor();
  expect(await server.rest('GET', SETTINGS)).toMatchObject({ webhooks: { start: { status: false } } });
  await dialog.getByRole('button', { name: 'Save and apply to all' }).click();
  await page.getByText('Saved and applied to all 2 AI interviews').waitFor();
  await page.getByText(/Last changed just now by Owner in the dashboard, revision \d+/).waitFor();

  await page.reload();
  await page.getByRole('group', { name: 'Password' }).getByText('Stored').waitFor();
  expect(await urlField(page, 'Start').inputValue()).toBe('https://example.com/webhook/start');
  expect(await page.getByLabel('Username').inputValue()).toBe('user');
  expect(await page.content()).not.toContain('pass-3f9c');
  const inputs = await page
    .locator('input')
    .evaluateAll((all: HTMLInputElement[]) => all.map(({ value }) => value));
  expect(inputs).not.toContain('pass-3f9c');
  expect((await Promise.all(answers)).join()).not.toContain('pass-3f9c');

  expect(await server.rest('GET', SETTINGS)).toEqual({
    webhooks: {
      start: { status: true, url: 'https://example.com/webhook/start' },
      submission: { status: true, url: 'https://example.com/webhook/submission' },
      auth: {
        type: 'basic',
        basic: { username: 'user', password: null, hasPassword: true },
        apikey: { header: null, apikey: null },
      },
    },
  });
  const { data } = AiInterviewPage.parse(await server.rest('GET', '/ai-interviews'));
  expect(data).toHaveLength(2);
  for (const { ai_interview_id: id } of data) {
    expect(await server.rest('GET', `${SETTINGS}/${id}`)).toMatchObject({
      webhooks: { submission: { status: true, url: 'https://example.com/webhook/submission' } },
    });
  }
});

test('only what changed is sent, and a stored password stays', async ({ server, page }) => {
  await server.rest('POST', SETTINGS, {
    webhooks: {
      start: { status: true, url: 'https://example.com/a' },
      auth: { type: 'basic', basic: { username: 'user', password: 'pass' } },
    },
  });
  await signIn(page, server.apiKey);
  const sent = page.waitForRequest((request) => request.url().includes('updateWebhookSettings'));
  await page.getByRole('switch', { name: 'Start webhook' }).uncheck();
  await page.getByLabel('Username').fill('renamed');
  await save(page);
  expect((await sent).postDataJSON()).toEqual({
    0: { webhooks: { start: { status: false }, auth: { type: 'basic', basic: { username: 'renamed' } } } },
  });
  await page.getByText('Settings saved').waitFor();
});

test('a stored password is replaced only on purpose', async ({ server, page }) => {
  await server.rest('POST', SETTINGS, {
    webhooks: { auth: { type: 'basic', basic: { username: 'user', password: 'pass' } } },
  });
  await signIn(page, server.apiKey);
  await page.getByRole('button', { name: 'Replace password' }).click();
  const field = page.getByLabel('Password', { exact: true });
  await expect.poll(() => field.evaluate((input) => input === document.activeElement)).toBe(true);
  await page.getByRole('button', { name: 'Keep the stored password' }).click();
  await page.getByRole('group', { name: 'Password' }).getByText('Stored').waitFor();
  expect(await page.getByText('Unsaved changes').count()).toBe(0);
});

test('discarding brings back what is stored', async ({ server, page }) => {
  await server.rest('POST', SETTINGS, {
    webhooks: { start: { status: true, url: 'https://example.com/a' } },
  });
  await signIn(page, server.apiKey);
  await page.getByRole('switch', { name: 'Start webhook' }).uncheck();
  await urlField(page, 'Start').fill('nonsense');
  await choose(page, 'Basic');
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByText('Unsaved changes').waitFor({ state: 'detached' });
  expect(await urlField(page, 'Start').inputValue()).toBe('https://example.com/a');
  expect(await page.getByRole('switch', { name: 'Start webhook' }).isChecked()).toBe(true);
  expect(await page.getByRole('radio', { name: 'None' }).isChecked()).toBe(true);
  expect(await page.locator('[aria-invalid=true]').count()).toBe(0);
});

test('unsaved changes are not thrown away without asking', async ({ server, page }) => {
  await signIn(page, server.apiKey);
  await urlField(page, 'Start').fill('https://example.com/unsaved');

  const questions: string[] = [];
  page.once('dialog', (question) => {
    questions.push(question.type());
    void question.dismiss();
  });
  await page.evaluate(() => {
    // Not from here: the question would keep this very call waiting.
    setTimeout(() => {
      window.location.reload();
    });
  });
  await expect.poll(() => questions).toEqual(['beforeunload']);

  const signOut = async () => {
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  };
  await signOut();
  await page.getByRole('button', { name: 'Keep editing' }).click();
  expect(await urlField(page, 'Start').inputValue()).toBe('https://example.com/unsaved');
  await signOut();
  await page.getByRole('button', { name: 'Discard and sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

test('a key that may only read sees the settings and changes nothing', async ({ server, page }) => {
  await server.rest('POST', SETTINGS, {
    webhooks: { start: { status: true, url: 'https://example.com/a' } },
  });
  const { api_key } = await createKey(server, { name: 'Reader', scopes: ['settings:read'] });
  await signIn(page, api_key);
  await page.getByText('lacks the scope settings:write').waitFor();
  expect(await urlField(page, 'Start').inputValue()).toBe('https://example.com/a');
  expect(await urlField(page, 'Start').isEditable()).toBe(false);
  expect(await page.getByRole('switch', { name: 'Start webhook' }).isDisabled()).toBe(true);
  expect(await page.getByRole('button', { name: 'Save', exact: true }).count()).toBe(0);
});
