import { receiver } from '@interview-webhooks/testing';
import { expect } from 'vitest';
import { becomes, createInterview, sendTo, start, testWithRetries } from './delivery-steps.ts';
import { answerWithProblem, signInAt } from './steps.ts';

const test = testWithRetries('1h');

test('what waits for a retry is sent now or stopped, and stopping asks first', async ({ server, page }) => {
  await using endpoint = await receiver();
  endpoint.answer = 404;
  await sendTo(server, endpoint.url);
  const id = await start(server, await createInterview(server, 'Interview'), 'Waiting Wanda');
  await endpoint.until(() => endpoint.received.length === 1);
  await becomes(server, id, 'pending');
  await signInAt(page, `/deliveries/${id}`, server.apiKey);
  const delivery = page.getByRole('complementary', { name: 'Delivery' });
  await delivery.getByText(/^Not delivered yet: the receiver answered 404\. It is tried again in/).waitFor();
  await delivery.getByRole('link', { name: 'Open the settings' }).waitFor();
  await delivery.getByRole('button', { name: 'Send now' }).click();
  await delivery.getByText('Attempt 2').waitFor();

  await delivery.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('alertdialog', { name: 'Stop trying?' }).waitFor();
  await page.getByRole('button', { name: 'Keep trying' }).click();
  await becomes(server, id, 'pending');
  await delivery.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Stop trying' }).click();
  await delivery.getByText('Not sent any more: someone cancelled it.').waitFor();
  await becomes(server, id, 'cancelled');
});

test('an attempt is copied as curl, with what is secret left out', async ({ server, page }) => {
  await using endpoint = await receiver();
  await server.rest('POST', '/ai-interviews/settings/webhooks', {
    webhooks: {
      start: { status: true, url: endpoint.url },
      auth: { type: 'apikey', apikey: { header: 'X-Key', apikey: 's3cret-key' } },
    },
    updateAll: true,
  });
  const id = await start(server, await createInterview(server, 'Interview'), "Rosie O'Grady");
  await becomes(server, id, 'delivered');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await signInAt(page, `/deliveries/${id}`, server.apiKey);
  await page.getByRole('button', { name: 'Copy as curl' }).click();
  await page.getByRole('button', { name: 'Copied' }).waitFor();
  const command = await page.evaluate(() => navigator.clipboard.readText());
  expect(command).toContain(`--request POST '${endpoint.url}`);
  expect(command).toContain("--header 'x-key: PUT-THE-SECRET-HERE'");
  expect(command).toContain(String.raw`Rosie O'\''Grady`);
  expect(await page.content()).not.toContain('s3cret-key');
});

test('on a small screen a delivery is a page, from which back leads to the list', async ({
  server,
  page,
}) => {
  await using endpoint = await receiver();
  await sendTo(server, endpoint.url);
  const id = await start(server, await createInterview(server, 'Interview'), 'Small Sam');
  await becomes(server, id, 'delivered');
  await page.setViewportSize({ width: 380, height: 780 });
  await signInAt(page, '/deliveries', server.apiKey);
  await page.getByRole('link', { name: /Small Sam/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Small Sam' }).waitFor();
  expect(await page.getByRole('list', { name: /^Deliveries/ }).count()).toBe(0);
  await page.getByRole('link', { name: 'Deliveries', exact: true }).first().click();
  await page.getByRole('link', { name: /Small Sam/ }).waitFor();
});

test('what cannot be loaded or done says so, with the request id', async ({ server, page }) => {
  await using endpoint = await receiver();
  endpoint.answer = 404;
  await sendTo(server, endpoint.url);
  const id = await start(server, await createInterview(server, 'Interview'), 'Faulty Fay');
  await becomes(server, id, 'pending');
  await signInAt(page, `/deliveries/${id}`, server.apiKey);
  const delivery = page.getByRole('complementary', { name: 'Delivery' });
  await answerWithProblem(page, 'deliveries.redeliver');
  await delivery.getByRole('button', { name: 'Send now' }).click();
  await delivery.getByText('That did not work').waitFor();
  await delivery.getByText('0198-e2e').waitFor();

  await page.goto('/deliveries/evt_none_start');
  await page.getByText('This delivery cannot be shown').waitFor();

  const answerAgain = await answerWithProblem(page, 'deliveries.list');
  await page.goto('/deliveries');
  await page.getByText('The deliveries could not be loaded').waitFor();
  await page.getByText('0198-e2e').waitFor();
  await answerAgain();
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('link', { name: /Faulty Fay/ }).waitFor();
});
