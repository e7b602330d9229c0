import { receiver, type Receiver, startServer, type StartedServer } from '@interview-webhooks/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { at, cli, ended, startCli, startInterview } from './support/cli.ts';

let server: StartedServer;
let ats: Receiver;
beforeAll(async () => {
  server = await startServer();
  ats = await receiver();
  await switchOn();
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await ats[Symbol.asyncDispose]();
});

function switchOn() {
  const start = { status: true, url: ats.url };
  return server.rest('POST', '/ai-interviews/settings/webhooks', { webhooks: { start }, updateAll: true });
}

async function run(...args: string[]) {
  const result = await cli(args, { env: at(server) });
  expect(result.code).toBe(0);
  return result;
}

/** One more delivery, to its end: with 200 or, for one that fails at once, 410. */
async function delivered(status: 200 | 410, name?: string): Promise<string> {
  ats.answer = status;
  const id = await startInterview(server, name);
  const path = `/ai-interviews/webhooks/deliveries/${id}`;
  await expect
    .poll(() => server.rest('GET', path))
    .toMatchObject({ state: expect.stringMatching(/^(delivered|failed)$/) as string });
  // A receiver that is gone has its webhook switched off.
  if (status === 410) await switchOn();
  return id;
}

it('are listed by every filter, as the API answers', async () => {
  const good = await delivered(200, 'Grace');
  const bad = await delivered(410, 'Ada');
  const [, response = ''] = good.split('_');
  const filters = [
    ['--state', 'delivered'],
    ['--status-class', '2xx'],
    ['--text', 'gra'],
    ['--response', response],
    [
      '--event',
      'start',
      '--response',
      response,
      '--from',
      '2020-01-01T00:00:00Z',
      '--to',
      '2099-01-01T00:00:00Z',
    ],
  ];
  for (const filter of filters) {
    const { data } = (await run('deliveries', 'list', ...filter, '--json')).json() as { data: object[] };
    expect(data).toMatchObject([{ delivery_id: good, state: 'delivered' }]);
  }
  expect((await run('deliveries', 'list', '--interview', '0'.repeat(24), '--json')).json()).toEqual({
    data: [],
    next_cursor: null,
  });
  const { stdout } = await run('deliveries', 'list');
  expect(stdout).toMatch(/^CREATED +EVENT +STATE +ATTEMPTS +LAST +CANDIDATE +INTERVIEW +ID\n/);
  expect(stdout).toMatch(
    new RegExp(`start +failed \\(receiver-gone\\) +1 +410 +Ada +Backend engineer +${bad}`),
  );
  const page = (await run('deliveries', 'list', '--limit', '1', '--json')).json() as { next_cursor: string };
  const next = await run('deliveries', 'list', '--limit', '1', '--cursor', page.next_cursor, '--json');
  expect(next.json()).toMatchObject({ data: [{ delivery_id: good }] });
});

it('one is shown with every attempt', async () => {
  const id = await delivered(410);
  const { stdout } = await run('deliveries', 'show', id);
  expect(stdout).toMatch(new RegExp(`^Delivery +${id}$`, 'm'));
  expect(stdout).toMatch(/^Candidate +Ada {2}ada@example\.com$/m);
  expect(stdout).toMatch(
    /\nATTEMPT +AT +FOR +STATUS +TOOK +URL +OUTCOME\n1 +\S+ \S+ +event +410 +\d+ ms +http/,
  );
  const shown = (await run('deliveries', 'show', id, '--json')).json();
  expect(shown).toEqual(await server.rest('GET', `/ai-interviews/webhooks/deliveries/${id}`));
});

it('one is sent again by its id', async () => {
  const id = await delivered(200);
  const before = ats.received.length;
  const { stdout } = await run('deliveries', 'redeliver', id);
  expect(stdout).toBe(`${id}  pending\n`);
  await ats.until(() => ats.received.length > before);
  expect(ats.received.at(-1)?.headers['webhook-id']).toBe(id);
  const unknown = await cli(['deliveries', 'redeliver', 'evt_none'], { env: at(server) });
  expect(unknown).toMatchObject({ code: 1, stderr: expect.stringContaining('request ') as string });
});

it('many are sent again by a filter, once it is sure, with progress', async () => {
  const text = 'Many';
  const ids = [await delivered(410, text), await delivered(410, text)];
  const unsure = await cli(['deliveries', 'redeliver', '--text', text], { env: at(server) });
  expect(unsure).toMatchObject({ code: 2, stdout: '' });
  expect(unsure.stderr).toContain('2 match; give --yes');
  ats.answer = 200;
  const sure = await run('deliveries', 'redeliver', '--text', text, '--yes');
  expect(sure.stdout).toBe('Done: 2 of 2 taken up: 2 delivered, 0 failed, 0 waiting\n');
  for (const delivery_id of ids) {
    const shown = (await run('deliveries', 'show', delivery_id, '--json')).json();
    expect(shown).toMatchObject({ state: 'delivered', attempts: 2 });
  }
  const json = await run('deliveries', 'redeliver', '--text', text, '--yes', '--json');
  expect(json.json()).toMatchObject({ state: 'completed', total: 2, delivered: 2 });
  expect(json.stderr).toBe('');
  expect((await run('deliveries', 'redeliver', '--text', 'nobody')).stderr).toBe('No delivery matches.\n');
});

it('interrupted where nobody can be asked it goes on, says so, and can be followed', async () => {
  const text = 'Patience';
  await delivered(410, text);
  ats.answer = 'never';
  const before = ats.received.length;
  const process = startCli(['deliveries', 'redeliver', '--text', text, '--yes'], { env: at(server) });
  await ats.until(() => ats.received.length > before);
  await expect.poll(() => process.stderr()).toContain('waiting');
  process.kill('SIGINT');
  const { code, stderr } = await ended(process);
  expect(code).toBe(130);
  const [, id = ''] = /It goes on, on the server\. .* --follow (\w+)\n/.exec(stderr) ?? [];
  const followed = startCli(['deliveries', 'redeliver', '--follow', id, '--json'], { env: at(server) });
  await server.rest('DELETE', `/ai-interviews/webhooks/redeliveries/${id}`);
  expect((await ended(followed)).json()).toMatchObject({ redelivery_id: id, state: 'cancelled' });
  expect((await followed.exited).code).toBe(1);
});
