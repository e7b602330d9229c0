import { receiver } from '@interview-webhooks/testing';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { expectAccessible } from './accessible.ts';
import { breakableProxy } from './breakable-proxy.ts';
import { createInterview, sendTo, start, testWithRetries } from './delivery-steps.ts';
import { signInAt } from './steps.ts';

const test = testWithRetries('1s');

/** What the browser notes of connections that break. */
const BROKEN = [/net::ERR_/, /status of 502/];
/** A connection that is half open is noticed within 30 s, and on a busy machine later. */
const NOTICED = { timeout: 60_000 };

const row = (page: Page, name: RegExp) => page.getByRole('link', { name });
const live = (page: Page) => page.getByText('Live', { exact: true });
const notConnected = (page: Page) => page.getByRole('status').filter({ hasText: 'Not connected since' });

test.for(['silent', 'reset', 'bad-gateway'] as const)(
  'the rows stay while the connection is %s, and it says since when',
  async (mode, { server, page, provoked }) => {
    provoked.push(...BROKEN);
    await using endpoint = await receiver();
    await using proxy = await breakableProxy(server.url);
    await sendTo(server, endpoint.url);
    const interview = await createInterview(server, 'Interview');
    // The page is loaded without the rows that come later: they must outlive what the page was loaded with.
    await signInAt(page, `${proxy.url}/deliveries?text=${mode}`, server.apiKey);
    await live(page).waitFor();
    const before = Date.now();
    await start(server, interview, `${mode} Sam`);
    await row(page, new RegExp(`${mode} Sam`)).waitFor();

    proxy.become(mode);
    await notConnected(page).waitFor(NOTICED);
    expect(await row(page, new RegExp(`${mode} Sam`)).count()).toBe(1);
    const since = await notConnected(page).locator('time').getAttribute('datetime');
    expect(Date.parse(since ?? '')).toBeGreaterThanOrEqual(before);
    expect(Date.parse(since ?? '')).toBeLessThanOrEqual(Date.now());
    await expectAccessible(page, `deliveries not connected ${mode}`);
    await start(server, interview, `${mode} Sue`);

    proxy.become('forward');
    await row(page, new RegExp(`${mode} Sue`)).waitFor(NOTICED);
    await live(page).waitFor(NOTICED);
    await notConnected(page).waitFor({ state: 'detached' });
    expect(await row(page, new RegExp(`${mode} S`)).count()).toBe(2);
  },
);
