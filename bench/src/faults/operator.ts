import { setTimeout as pause } from 'node:timers/promises';
import { monotonicMs } from '../system/monotonic-ms.ts';
import type { Ways } from './callers.ts';

const LOOKS_EVERY_MS = 2_000;
/** What the receiver refused, and what then waited. */
const missed = [{ state: 'failed', status_class: '4xx' }, { state: 'cancelled' }] as const;

/** Somebody who looks after the webhooks that receivers have had switched off. */
export interface Operator {
  /** Switches them on again, and has what they have missed sent after all; as far as the system answers. */
  look(): Promise<void>;
  lookUntil(untilMs: number): Promise<void>;
  /** How many webhooks he has switched on again. */
  switchedOn(): number;
}

export function operatorOf({ client }: Ways, interviewIds: readonly string[]): Operator {
  let switchedOn = 0;
  const lookAt = async (ai_interview_id: string) => {
    const { webhooks } = await client.interviews.webhookSettings.query({ ai_interview_id });
    const off = (['start', 'submission'] as const).filter((part) => !webhooks[part].status);
    if (off.length === 0) return;
    const on = Object.fromEntries(off.map((part) => [part, { status: true }]));
    await client.interviews.updateWebhookSettings.mutate({ ai_interview_id, webhooks: on });
    switchedOn += off.length;
  };
  const lookAtAll = async () => {
    await Promise.all(interviewIds.map(lookAt));
    for (const filter of missed) {
      const { count } = await client.deliveries.count.query(filter);
      if (count !== 0) await client.redeliveries.create.mutate(filter);
    }
  };
  // What cannot be done now is done at the next look; what is never done, the verdict names.
  const look = () => lookAtAll().catch(() => undefined);
  return {
    look,
    async lookUntil(untilMs) {
      while (monotonicMs() < untilMs) {
        await pause(LOOKS_EVERY_MS);
        await look();
      }
    },
    switchedOn: () => switchedOn,
  };
}
