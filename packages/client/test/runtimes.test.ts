import { StartEvent } from '@interview-webhooks/schema';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { chromium } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { build } from 'vite';
import { beforeAll, expect, it } from 'vitest';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const entry = fileURLToPath(new URL('../src/index.ts', import.meta.url));
const chromiumPath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** All of the client with everything it depends on, for browsers; fails on whatever only Node has. */
async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    resolve: { conditions: ['@interview-webhooks/source', 'module', 'browser'] },
    plugins: [
      {
        name: 'no-node',
        enforce: 'pre',
        resolveId: (id) => {
          if (id.startsWith('node:')) throw new Error(`${id} is imported`);
        },
      },
    ],
    build: { write: false, lib: { entry, formats: ['iife'], name: 'client' } },
  });
  const [output] = Array.isArray(result) ? result : [];
  const code = output?.output[0].code ?? '';
  // What Vite puts in the place of a Node module that is named without `node:`.
  expect(code).not.toContain('__vite-browser-external');
  return code;
}

let code: string;
beforeAll(async () => {
  code = await bundle();
});

const [example] = StartEvent.meta()?.['examples'] as [{ event_id: string }];
const body = JSON.stringify(example);

/** A script that gives the event's id, or the code of the refusal. */
function verifying(given: string): string {
  const at = new Date();
  const headers = {
    'webhook-id': 'evt_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign('evt_1', at, body),
  };
  const input = [given, headers, secret].map((value) => JSON.stringify(value)).join();
  return `client.verifyWebhook(${input}).then((event) => event.event_id, (error) => error.code ?? String(error))`;
}

it('runs where there is nothing but what the web’s standards name, as on edge runtimes', async () => {
  const { crypto, TextEncoder, TextDecoder, atob } = globalThis;
  const { fetch, Headers, Request, Response, AbortController, AbortSignal, URL } = globalThis;
  const { Event, EventTarget, setTimeout, clearTimeout } = globalThis;
  const edge = createContext({
    ...{ crypto, TextEncoder, TextDecoder, atob },
    ...{ fetch, Headers, Request, Response, AbortController, AbortSignal, URL },
    ...{ Event, EventTarget, setTimeout, clearTimeout },
  });
  runInContext(code, edge);
  expect(await runInContext(verifying(body), edge)).toBe(example.event_id);
  expect(await runInContext(verifying(body.replace('Ada', 'Eve')), edge)).toBe('no-matching-signature');
});

it.skipIf(!existsSync(chromiumPath) && !process.env['CI'])('runs in a browser', async () => {
  const browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    // Web Crypto is for secure contexts, which the loopback is; this request never leaves the browser.
    await page.route('http://localhost/**', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
    await page.goto('http://localhost/');
    await page.addScriptTag({ content: code });
    expect(await page.evaluate(verifying(body))).toBe(example.event_id);
    expect(await page.evaluate(verifying(body.replace('Ada', 'Eve')))).toBe('no-matching-signature');
  } finally {
    await browser.close();
  }
});
