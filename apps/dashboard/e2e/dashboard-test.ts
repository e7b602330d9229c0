import { startServer } from '@interview-webhooks/testing';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { beforeEach, test as base } from 'vitest';
import { gatherComplaints } from './complaints.ts';

const chromiumPath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
// CI is there to run these: without a browser it has to fail, not to look the other way.
const mayBeSkipped = !existsSync(chromiumPath) && !process.env['CI'];

const noBrowser = `There is no browser at ${chromiumPath}; set CHROMIUM_PATH to run these tests.`;
// Not every reporter shows why a test was skipped.
if (mayBeSkipped) console.warn(noBrowser);
beforeEach(({ skip }) => {
  skip(mayBeSkipped, noBrowser);
});

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const nothingConfigured = {
  webhooks: { start: { status: false, url: null }, submission: { status: false, url: null }, auth: null },
};

/* eslint-disable no-empty-pattern -- Vitest reads the pattern to learn what a fixture needs, and insists on one. */

/**
 * A test in a real browser, which starts with no settings on the server of its file. It fails when the browser complains: about
 * the content security policy, an error nobody caught, or anything else it warns of that was not `provoked`.
 */
export const test = base
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }) => {
    const browser = await chromium.launch({ executablePath: chromiumPath, args });
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('server', { scope: 'file' }, async ({}, { onCleanup }) => {
    const server = await startServer();
    onCleanup(() => server[Symbol.asyncDispose]());
    return server;
  })
  .extend('provoked', (): RegExp[] => [])
  .extend('page', async ({ browser, server, provoked }, { onCleanup }) => {
    await server.rest('POST', '/ai-interviews/settings/webhooks', nothingConfigured);
    const context = await browser.newContext({ baseURL: server.url, reducedMotion: 'reduce' });
    // What is waited for comes within a second, but not on a machine that does something else as well.
    context.setDefaultTimeout(30_000);
    const complaints = await gatherComplaints(context, provoked);
    onCleanup(async () => {
      await context.close();
      complaints.expectNone();
    });
    return context.newPage();
  });
