import type { Inbox, Overview } from '@interview-webhooks/schema';
import { apiClient, isLocalMode, systemProcess } from '@interview-webhooks/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { testServer } from './support/test-server.ts';

interface List {
  data: { ai_interview_name: string; ai_interview_id: string; response_id: string }[];
}

/** The first start of somebody who has set nothing, and its calls, each of which must succeed. */
async function firstStart() {
  const dataDir = await mkdtemp(join(tmpdir(), 'interview-webhooks-demo-'));
  const server = systemProcess({ env: { DATA_DIR: dataDir } });
  await server.printed(/curl/);
  const [, url = ''] = await server.printed(/Dashboard +(http:\/\/\S+)\n/);
  const key = /iwk_[\w-]{43}/.exec(server.stdout())?.[0] ?? '';
  const client = apiClient(url, key);
  const trpc = async (method: 'GET' | 'POST', path: string, body?: unknown) => {
    const answer = await client.call(method, `/trpc/${path}`, { body });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    return (answer.json as { result: { data: unknown } }).result.data;
  };
  const stop = async () => {
    server.kill('SIGTERM');
    await server.exited;
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20 });
  };
  const list = async (path: string) => ((await client.rest('GET', `/ai-interviews${path}`)) as List).data;
  const overview = async () => (await client.rest('GET', '/ai-interviews/webhooks/overview')) as Overview;
  return { ...client, server, url, trpc, list, overview, [Symbol.asyncDispose]: stop };
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(50);
}

it.runIf(isLocalMode)(
  'the first start shows webhooks that arrive, and removing the demo leaves everything else',
  async () => {
    await using first = await firstStart();
    const { server, url, trpc, list, overview } = first;
    expect(server.stdout()).toContain(`${url}/inbox/demo`);
    const readInbox = async () =>
      (await trpc('GET', `inbox.list?input=${encodeURIComponent('{"name":"demo"}')}`)) as Inbox;
    await until(async () => (await readInbox()).received === 5);
    expect((await readInbox()).requests.every(({ signature }) => signature.ok)).toBe(true);
    expect((await list('')).map((interview) => interview.ai_interview_name)).toEqual([
      'Demo: Support agent',
      'Demo: Data analyst',
      'Demo: Backend engineer',
    ]);
    await until(async () => (await overview()).total.delivered === 5);

    // What somebody does with the demo is a part of it; what he makes beside it is not.
    const started = (await list('/responses?invite_status=Invited'))[0]?.response_id;
    await first.rest('POST', `/ai-interviews/responses/${started}/start`);
    const { ai_interview_id } = (await first.rest('POST', '/ai-interviews', {
      ai_interview_name: 'Mine',
    })) as {
      ai_interview_id: string;
    };
    const candidate = { candidate_name: 'Eve', candidate_email: 'eve@example.com' };
    const { response_id } = (await first.rest('POST', '/ai-interviews/invite', {
      ai_interview_id,
      ...candidate,
    })) as {
      response_id: string;
    };
    await first.rest('POST', `/ai-interviews/responses/${response_id}/start`);
    await until(async () => (await overview()).total.delivered === 7);

    expect(await trpc('POST', 'demo.remove', {})).toEqual({ ai_interviews: 3, responses: 6, deliveries: 6 });
    expect((await list('')).map((interview) => interview.ai_interview_name)).toEqual(['Mine']);
    expect((await list('/responses')).map((response) => response.response_id)).toEqual([response_id]);
    expect((await list('/webhooks/deliveries')).map((delivery) => delivery.response_id)).toEqual([
      response_id,
    ]);
    expect((await overview()).total).toMatchObject({ delivered: 1, failed: 0, cancelled: 0, retried: 0 });
    expect((await overview()).webhooks.start.answers).toBe(1);
    expect(await first.rest('GET', '/ai-interviews/settings/webhooks')).toMatchObject({
      webhooks: { start: { status: false, url: null }, submission: { status: false, url: null } },
    });
    expect((await readInbox()).received).toBe(0);
    expect(await trpc('POST', 'demo.remove', {})).toEqual({ ai_interviews: 0, responses: 0, deliveries: 0 });
  },
);

it.runIf(isLocalMode)('settings that are no longer the demo’s stay as they are', async () => {
  await using first = await firstStart();
  const webhooks = { start: { status: true, url: 'https://example.com/own' } };
  await first.rest('POST', '/ai-interviews/settings/webhooks', { webhooks });
  await first.trpc('POST', 'demo.remove', {});
  expect(await first.rest('GET', '/ai-interviews/settings/webhooks')).toMatchObject({
    webhooks: { ...webhooks, submission: { status: false, url: null } },
  });
});

it('a server whose key was given has no demo', async () => {
  await using server = await testServer();
  expect((await server.call('GET', '/ai-interviews')).json).toEqual({ data: [], next_cursor: null });
  expect((await server.call('GET', '/ai-interviews/settings/webhooks')).text).not.toContain('/inbox/');
});
