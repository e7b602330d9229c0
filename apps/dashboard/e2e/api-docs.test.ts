import { expect } from 'vitest';
import { test } from './dashboard-test.ts';

test('the API’s description is read and tried with a key, and nothing is fetched from elsewhere', async ({
  page,
  server,
}) => {
  // Swagger UI is a script of 1.4 MB, which a busy machine takes its time for.
  page.setDefaultTimeout(20_000);
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== server.url && protocol !== 'data:') elsewhere.push(request.url());
  });
  await page.goto('/docs');
  await page.getByRole('button', { name: 'Authorize' }).click();
  await page.getByRole('textbox', { name: 'Value:' }).fill(server.apiKey);
  await page.getByRole('button', { name: 'Apply credentials' }).click();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByText('The global webhook settings', { exact: true }).click();
  await page.getByRole('button', { name: 'Try it out' }).click();
  await page.getByRole('button', { name: 'Execute' }).click();
  await page.locator('.live-responses-table').getByText('"password": null').waitFor();
  expect(elsewhere).toEqual([]);
});
