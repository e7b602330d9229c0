import { expect } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { test } from './dashboard-test.ts';
import { answerWithProblem, createInterview, createKey, signInAt } from './steps.ts';

test('the audit trail tells who did what, and is narrowed in its address', async ({ server, page }) => {
  const program = await createKey(server, {
    name: 'Careers site',
    scopes: ['settings:read', 'settings:write'],
  });
  const id = await createInterview(server, 'Backend engineer');
  await server.call('PUT', `/ai-interviews/settings/webhooks/${id}`, {
    key: program.api_key,
    body: { webhooks: { start: { status: true, url: 'https://example.com/own' } } },
  });
  await signInAt(page, '/settings', server.apiKey);
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Audit trail' }).click();
  const entries = page.getByRole('list', { name: 'Entries, newest first' }).getByRole('listitem');
  await entries.first().getByText('Signed in').waitFor();
  await entries.first().getByText('by Owner in the dashboard').waitFor();
  const own = entries.filter({ hasText: 'Settings of an AI interview changed' });
  await own.getByText('by Careers site through the API').waitFor();
  await expectAccessible(page, 'audit trail');

  await page.getByLabel('Action').selectOption('API key created');
  await entries.first().getByText('Careers site').waitFor();
  expect(new URL(page.url()).search).toBe('?action=api-key.created');
  await entries.filter({ hasText: 'Signed in' }).first().waitFor({ state: 'detached' });

  await page.goto('/audit');
  await page.getByLabel('Who').selectOption('Careers site');
  await entries.filter({ hasText: 'Signed in' }).first().waitFor({ state: 'detached' });
  expect(new URL(page.url()).search).toBe(`?actor=${program.api_key_id}`);
  await page.reload();
  expect(await page.getByLabel('Who').inputValue()).toBe(program.api_key_id);
  await own.getByRole('link', { name: 'Backend engineer' }).click();
  await page.getByRole('heading', { name: 'Backend engineer' }).waitFor();
  await page.goBack();
  await page.getByLabel('Action').selectOption('Demo removed');
  await page.getByText('Nothing found').waitFor();
  await expectAccessible(page, 'audit trail, nothing found');
});

test('the audit trail comes page by page', async ({ server, page }) => {
  for (let n = 1; n <= 26; n++) await createKey(server, { name: `Key ${n}`, scopes: ['settings:read'] });
  await signInAt(page, '/audit?action=api-key.created', server.apiKey);
  const entries = page.getByRole('list', { name: 'Entries, newest first' });
  await entries.getByText('Key 26', { exact: true }).waitFor();
  expect(await entries.getByText('Key 1', { exact: true }).count()).toBe(0);
  await page.getByRole('button', { name: 'Load more' }).click();
  await entries.getByText('Key 1', { exact: true }).waitFor();
});

test('who may not read the audit trail is told so, and a failure says what to quote', async ({
  server,
  page,
}) => {
  const reader = await createKey(server, { name: 'Reader', scopes: ['settings:read'] });
  await signInAt(page, '/audit', reader.api_key);
  await page.getByText('lacks the scope audit:read').waitFor();
  expect(await page.getByRole('link', { name: 'Audit trail' }).count()).toBe(0);
  await page.context().clearCookies();

  // Somebody who may see this and nothing else.
  const auditor = await createKey(server, { name: 'Auditor', scopes: ['audit:read'] });
  const answerAgain = await answerWithProblem(page, 'audit.list');
  await signInAt(page, '/audit', auditor.api_key);
  await page.getByText('The audit trail could not be loaded').waitFor();
  await page.getByText('0198-e2e').waitFor();
  await expectAccessible(page, 'audit trail failed');
  await answerAgain();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('listitem').getByText('Signed in').first().waitFor();
});
