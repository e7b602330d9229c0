import type { Client, RouterOutputs } from '@interview-webhooks/client';
import { setTimeout as pause } from 'node:timers/promises';
import { exitCodes } from '../../failure.ts';
import { ask } from '../../terminal/ask.ts';
import type { Terminal } from '../../terminal/terminal.ts';

type Redelivery = RouterOutputs['redeliveries']['get'];

const EVERY_MS = 1_000;

/**
 * Shows how far sending many again has come, until it has ended. Ctrl-C asks whether to cancel it where somebody can be
 * asked, and otherwise leaves it to the server; which of them, is said.
 */
export async function followRedelivery(
  client: Client,
  redelivery_id: string,
  terminal: Terminal,
): Promise<number | undefined> {
  for (;;) {
    const interruption = new AbortController();
    const interrupt = () => {
      interruption.abort();
    };
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
    try {
      const ended = await untilEnded({ client, redelivery_id, terminal }, interruption.signal);
      if (ended) {
        const isDone = ended.state === 'completed';
        terminal.answer(ended, () => `${isDone ? 'Done' : 'Cancelled'}: ${progressOf(ended)}`);
        return isDone ? exitCodes.ok : exitCodes.failed;
      }
    } finally {
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    }
    if (!terminal.isInteractive || !(await ask('\nCancel it? Otherwise it goes on without this terminal.'))) {
      terminal.note(
        `It goes on, on the server. To see it: interview-webhooks deliveries redeliver --follow ${redelivery_id}`,
      );
      return exitCodes.interrupted;
    }
    await client.redeliveries.cancel.mutate({ redelivery_id });
  }
}

interface Following {
  client: Client;
  redelivery_id: string;
  terminal: Terminal;
}

/** @returns undefined when it was interrupted before */
async function untilEnded(
  { client, redelivery_id, terminal }: Following,
  signal: AbortSignal,
): Promise<Redelivery | undefined> {
  for (;;) {
    const redelivery = await client.redeliveries.get.query({ redelivery_id });
    if (redelivery.state !== 'running') return redelivery;
    if (!terminal.json) terminal.progress(progressOf(redelivery));
    try {
      await pause(EVERY_MS, undefined, { signal });
    } catch {
      // Nothing else ends a pause before its time.
      return undefined;
    }
  }
}

function progressOf({ total, queued, waiting, delivered, failed, cancelled }: Redelivery): string {
  const of = total === null ? '' : ` of ${total}`;
  const rest = cancelled > 0 ? `, ${cancelled} cancelled` : '';
  return `${queued}${of} taken up: ${delivered} delivered, ${failed} failed, ${waiting} waiting${rest}`;
}
