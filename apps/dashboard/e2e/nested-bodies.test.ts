import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { becomes, createInterview, sendTo, start, testWithRetries } from './delivery-steps.ts';
import { signInAt } from './steps.ts';

const test = testWithRetries('1s');

/** As much as is kept of an answer. */
const KEPT = 16 * 1024;
const fill = (open: string, close: string, inside = '') => {
  const levels = Math.floor((KEPT - inside.length) / (open.length + close.length));
  return open.repeat(levels) + inside + close.repeat(levels);
};
const bodies = {
  arrays: fill('[', ']'),
  objects: fill('{"a":', '}', '1'),
  wide: `[${'1,'.repeat(KEPT / 2 - 2)}1]`,
  'one long line': 'x'.repeat(KEPT),
};

/** Answers 200 with the body that is named by the path. */
async function answering() {
  const server = createServer((request, response) => {
    const body = Object.entries(bodies).find(([name]) => request.url === `/${encodeURIComponent(name)}`)?.[1];
    request.resume().on('end', () => response.setHeader('content-type', 'application/json').end(body));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo; // listens on a port, not on a pipe
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

/** All of it is there, in a number of elements and characters that a page can bear. */
async function expectShown(page: Page, shown: Locator, body: string): Promise<void> {
  await shown.waitFor();
  const text = (await shown.textContent()) ?? '';
  expect(text.replaceAll(/\s/g, '')).toBe(body);
  expect(text.length).toBeLessThan(8 * KEPT);
  expect(await page.locator('*').count()).toBeLessThan(2_000);
  // It reacts to what is done.
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
  await page.keyboard.press('Escape');
}

test.for(Object.entries(bodies))(
  'an answer of 16 KiB does not freeze the page: %s',
  async ([name, body], { server, page }) => {
    await using receiver = await answering();
    await sendTo(server, `${receiver.url}/${encodeURIComponent(name)}`);
    const id = await start(server, await createInterview(server, 'Interview'), 'Nested Nell');
    await becomes(server, id, 'delivered');
    await signInAt(page, `/deliveries/${id}`, server.apiKey);
    await expectShown(page, page.getByRole('region', { name: 'Response body' }), body);
  },
);

test('neither do requests to the local receiver', async ({ server, page }) => {
  for (const body of Object.values(bodies)) {
    await fetch(`${server.url}/inbox/nested`, { method: 'POST', body });
    await signInAt(page, '/inbox/nested', server.apiKey);
    await expectShown(page, page.getByRole('region', { name: 'Request body' }).first(), body);
    await page.context().clearCookies();
  }
});
