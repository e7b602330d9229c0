import { receiver, type Receiver, startServer, type StartedServer } from '@interview-webhooks/testing';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { at, startInterview } from './support/cli.ts';
import { CTRL_C, onTerminal } from './support/on-terminal.ts';

let server: StartedServer;
let ats: Receiver;
let id: string;
beforeAll(async () => {
  server = await startServer();
  ats = await receiver();
  ats.answer = 410;
  await switchOn();
  id = await startInterview(server);
  while ((await state()) !== 'failed') await pause(20);
  // A receiver that is gone has its webhook switched off.
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

/** Nothing while the delivery is not there: an event is acknowledged before its delivery is made. */
async function state(): Promise<string | undefined> {
  const { json } = await server.call('GET', `/ai-interviews/webhooks/deliveries/${id}`);
  return (json as { state?: string }).state; // as documented
}

const failed = ['deliveries', 'redeliver', '--state', 'failed'];

it('shows colour, unless NO_COLOR says no', async () => {
  const list = ['deliveries', 'list'];
  const coloured = onTerminal(list, at(server));
  expect(await coloured.exitCode).toBe(0);
  expect(coloured.output()).toContain('\u001b[31mfailed (receiver-gone)\u001b[39m');
  const help = onTerminal(['--help'], {});
  await help.exitCode;
  expect(help.output()).toContain('\u001b[1mEXAMPLES');
  for (const args of [list, ['--help']]) {
    const plain = onTerminal(args, { ...at(server), NO_COLOR: 'please' });
    expect(await plain.exitCode).toBe(0);
    expect(plain.output()).not.toContain('\u001b');
  }
});

it('asks before it sends many again, and does nothing without a yes', async () => {
  for (const answer of ['n\r', '\r', CTRL_C]) {
    const terminal = onTerminal(failed, at(server));
    await terminal.shown(/1 matches\. Send again\? \[y\/N\]/);
    terminal.type(answer);
    await terminal.shown(/Nothing was sent again\./);
    expect(await terminal.exitCode).toBe(0);
  }
  expect(await state()).toBe('failed');
});

it('Ctrl-C asks whether to cancel, goes on without a yes, and cancels with one', async () => {
  ats.answer = 'never';
  const leaving = onTerminal(failed, at(server));
  await leaving.shown(/Send again\?/);
  leaving.type('y\r');
  await leaving.shown(/1 waiting/);
  leaving.type(CTRL_C);
  await leaving.shown(/Cancel it\? Otherwise it goes on without this terminal\. \[y\/N\]/);
  leaving.type('n\r');
  await leaving.shown(/It goes on, on the server\. .* --follow \w+/);
  expect(await leaving.exitCode).toBe(130);

  const [, redelivery = ''] = /--follow (\w+)/.exec(leaving.output()) ?? [];
  const cancelling = onTerminal(['deliveries', 'redeliver', '--follow', redelivery], at(server));
  await cancelling.shown(/1 waiting/);
  cancelling.type(CTRL_C);
  await cancelling.shown(/Cancel it\?/);
  cancelling.type('y\r');
  await cancelling.shown(/Cancelled: 1 of 1 taken up/);
  expect(await cancelling.exitCode).toBe(1);
});
