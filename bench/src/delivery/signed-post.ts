import { Buffer } from 'node:buffer';
import { createHmac, randomBytes } from 'node:crypto';
import { Pool } from 'undici';

const key = randomBytes(24);
/** As long as the webhook of a start. */
const body = JSON.stringify({ filler: 'x'.repeat(600) });

/** Sends webhooks signed as ours are to a receiver on this machine, and nothing else. */
export function signedPosts(port: number, connections: number) {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections });
  return {
    /** @throws Error when the receiver does not take it */
    post: async (id: string): Promise<void> => {
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
      if (answer.statusCode !== 200) throw new Error(`answered ${answer.statusCode}`);
    },
    close: () => pool.close(),
  };
}
