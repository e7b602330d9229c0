import { receiver, type StartedServer } from '@interview-webhooks/testing';
import type { BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { breakableProxy } from './breakable-proxy.ts';
import { createInterview, sendTo, start, testWithRetries } from './delivery-steps.ts';
import { createKey, signInAt } from './steps.ts';

// The proxy goes before the browser does.
const test = testWithRetries('1s').override('provoked', [/net::ERR_/]);

/** More than the connections to one server that a browser has over HTTP/1.1, which are six. */
const MANY = 7;
/** As many as one browser opens, whatever its tabs watch. */
const MAX_STREAMS = 3;
const SOON = { timeout: 45_000 };

const row = (page: Page, name: string) => page.getByRole('link', { name: new RegExp(name) });
const live = (page: Page) => page.getByText('Live', { exact: true });
const everywhere = (pages: readonly Page[], act: (page: Page, index: number) => Promise<unknown>) =>
  Promise.all(pages.map(act));

/** Tabs of the browser that `page` is in, with `page` among them, at `addresses`. */
async function openTabs(context: BrowserContext, addresses: readonly string[]): Promise<Page[]> {
  const pages = [];
  for (const address of addresses) {
    const page = await context.newPage();
    await page.goto(address);
    pages.push(page);
  }
  return pages;
}

/** A server with webhooks to `url`, and what lets a candidate start. */
async function sending(server: StartedServer, url: string) {
  await sendTo(server, url);
  const interview = await createInterview(server, 'Interview');
  return (name: string) => start(server, interview, name);
}

async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((isHidden) => {
    Object.defineProperty(document, 'visibilityState', {
      value: isHidden ? 'hidden' : 'visible',
      configurable: true,
    });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

test('many tabs share one stream, and each has what is new', async ({ server, page }) => {
  await using endpoint = await receiver();
  await using proxy = await breakableProxy(server.url);
  const letStart = await sending(server, endpoint.url);
  await signInAt(page, `${proxy.url}/deliveries`, server.apiKey);
  await live(page).waitFor();
  const address = `${proxy.url}/deliveries`;
  const tabs = [page, ...(await openTabs(page.context(), Array<string>(MANY).fill(address)))];
  await everywhere(tabs, (tab) => live(tab).waitFor(SOON));
  expect(proxy.streams()).toBe(1);
  await letStart('Shared Shay');
  await everywhere(tabs, (tab) => row(tab, 'Shared Shay').waitFor(SOON));
});

test('many tabs with a filter each leave connections for what is clicked', async ({ server, page }) => {
  await using endpoint = await receiver();
  await using proxy = await breakableProxy(server.url);
  const letStart = await sending(server, endpoint.url);
  await signInAt(page, `${proxy.url}/deliveries?text=several`, server.apiKey);
  await live(page).waitFor();
  const addresses = Array.from({ length: MANY }, (_, index) => `${proxy.url}/deliveries?text=tab${index}`);
  const tabs = await openTabs(page.context(), addresses);
  await everywhere(tabs, (tab) => tab.getByText(/^(Live|Every 5 s)$/).waitFor(SOON));
  expect(proxy.streams()).toBe(MAX_STREAMS);
  await everywhere(tabs, async (tab, index) => {
    await letStart(`Tab${index} Tim`);
    await row(tab, `Tab${index} Tim`).waitFor(SOON);
  });
  // One that is closed leaves its stream to another.
  await page.close();
  await expect
    .poll(async () => (await Promise.all(tabs.map((tab) => live(tab).count()))).filter(Boolean).length, SOON)
    .toBe(MAX_STREAMS);
});

test.for(['closed', 'frozen', 'hidden'] as const)(
  'when the tab that holds the stream is %s, another one goes on',
  async (end, { server, page }) => {
    await using endpoint = await receiver();
    await using proxy = await breakableProxy(server.url);
    const letStart = await sending(server, endpoint.url);
    const address = `${proxy.url}/deliveries?text=${end}`;
    await signInAt(page, address, server.apiKey);
    await live(page).waitFor();
    const tabs = await openTabs(page.context(), [address, address]);
    await everywhere(tabs, (tab) => live(tab).waitFor(SOON));
    const { go, comeBack } = await takeAway(page, end);
    await go();
    await letStart(`${end} Fran`);
    await everywhere(tabs, (tab) => row(tab, `${end} Fran`).waitFor(SOON));
    await everywhere(tabs, (tab) => live(tab).waitFor(SOON));
    if (end === 'closed') return;
    await comeBack();
    await row(page, `${end} Fran`).waitFor(SOON);
    await live(page).waitFor(SOON);
    await expect.poll(() => proxy.streams()).toBe(1);
  },
);

/** How a tab goes, and how it comes back. */
async function takeAway(page: Page, end: 'closed' | 'frozen' | 'hidden') {
  if (end === 'closed') return { go: () => page.close(), comeBack: () => Promise.resolve() };
  if (end === 'hidden') return { go: () => setHidden(page, true), comeBack: () => setHidden(page, false) };
  // Nothing of its program runs while it is halted in the debugger, and it is told of nothing.
  const debug = await page.context().newCDPSession(page);
  await debug.send('Debugger.enable');
  const halted = new Promise((resolve) => debug.once('Debugger.paused', resolve));
  return {
    go: async () => {
      await debug.send('Debugger.pause');
      await halted;
    },
    comeBack: () => debug.send('Debugger.disable'),
  };
}

test('a tab that is hidden lets go', async ({ server, page }) => {
  await using proxy = await breakableProxy(server.url);
  await signInAt(page, `${proxy.url}/deliveries`, server.apiKey);
  await live(page).waitFor();
  expect(proxy.streams()).toBe(1);
  await setHidden(page, true);
  await expect.poll(() => proxy.streams()).toBe(0);
});

test('signing out ends it in every tab', async ({ server, page }) => {
  await using proxy = await breakableProxy(server.url);
  await signInAt(page, `${proxy.url}/deliveries`, server.apiKey);
  await live(page).waitFor();
  const [other] = await openTabs(page.context(), [`${proxy.url}/deliveries`]);
  if (!other) throw new Error('no tab');
  await live(other).waitFor();
  await other.getByRole('button', { name: /^Account/ }).click();
  await other.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Sign in again' }).waitFor();
  await expect.poll(() => proxy.streams()).toBe(0);
});

test('a tab shows nothing of a key that another tab has signed in with', async ({ server, page }) => {
  await using endpoint = await receiver();
  const letStart = await sending(server, endpoint.url);
  const { api_key: key } = await createKey(server, { name: 'Reader', scopes: ['deliveries:read'] });
  await signInAt(page, `${server.url}/deliveries`, server.apiKey);
  await live(page).waitFor();
  const other = await page.context().newPage();
  await other.goto(`${server.url}/deliveries`);
  await live(other).waitFor();
  await other.getByRole('button', { name: /^Account/ }).click();
  await other.getByRole('button', { name: 'Sign out' }).click();
  await signInAt(other, `${server.url}/deliveries`, key);
  await live(other).waitFor();
  await page.getByRole('heading', { name: 'Sign in again' }).waitFor();
  await letStart('Hidden Hal');
  await row(other, 'Hidden Hal').waitFor(SOON);
  expect(await row(page, 'Hidden Hal').count()).toBe(0);

  // With its own key again it goes on, and now it is the other one that stops.
  await page.getByLabel('API key', { exact: true }).fill(server.apiKey);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await row(page, 'Hidden Hal').waitFor(SOON);
  await other.getByRole('heading', { name: 'Sign in again' }).waitFor();
});
