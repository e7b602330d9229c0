import { monotonicMs } from '../system/monotonic-ms.ts';
import type { LoadReceiver } from './receiver.ts';
import { signedPosts } from './signed-post.ts';

const CONNECTIONS = 32;

/** What nothing that sends webhooks from one process can be faster than: signed POSTs, no queue, no log, no rules. */
export async function rawLoop({ port }: LoadReceiver, forMs: number): Promise<number> {
  const posts = signedPosts(port, CONNECTIONS);
  const until = monotonicMs() + forMs;
  let sent = 0;
  const work = async () => {
    while (monotonicMs() < until) await posts.post(`raw_${sent++}`);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
  await posts.close();
  return sent / (forMs / 1000);
}
