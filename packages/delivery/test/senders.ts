import { loopbackNetworks } from '@interview-webhooks/domain';
import type { AttemptOutcome } from '@interview-webhooks/webhooks';
import { createSender, type SenderOptions } from '../src/index.ts';

/** A sender that may reach the receivers of these tests, and closes at the end of its scope. */
export function testSender(options: Partial<SenderOptions> = {}) {
  const sender = createSender({ allowedNetworks: loopbackNetworks, ...options });
  return {
    ...sender,
    /** Sends a small webhook to `url`. */
    post: (url: string): Promise<AttemptOutcome> => sender.send({ url, headers: {}, body: '{}' }),
    [Symbol.asyncDispose]: () => sender.close(),
  };
}
