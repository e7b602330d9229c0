import { Buffer } from 'node:buffer';
import { createHmac, randomBytes } from 'node:crypto';
import { Pool } from 'undici';
import { monotonicMs } from '../system/monotonic-ms.ts';
import type { LoadReceiver } from './receiver.ts';

const CONNECTIONS = 32;
const key = randomBytes(24);
/** As long as the webhook of a start. */
const body = JSON.stringify({ filler: 'x'.repeat(600) });

/** What nothing that sends webhooks from one process can be faster than: signed POSTs, no queue, no log, no rules. */
export async function rawLoop({ port }: LoadReceiver, forMs: number): Promise<number> {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS });
  const until = monotonicMs() + forMs;
  let sent = 0;
  const work = async () => {
    while (monotonicMs() < until) {
      const id = `raw_${sent++}`;
      const timestamp = String(Math.floor(Date.now() / 1000));
      const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
      const headers = {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature}`,
      };
      const answer = await pool.request({ method: 'POST', path: '/', headers, body: Buffer.from(body) });
      await answer.body.dump();
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  await pool.close();
  return sent / (forMs / 1000);
}
