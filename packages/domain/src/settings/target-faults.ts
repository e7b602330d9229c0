import type { Fault, WebhooksUpdate } from '@interview-webhooks/schema';
import type { TargetGuard } from '../outbound/target-guard.ts';

/** What is wrong with the URLs that `update` sets, as targets. */
export async function targetFaults(guard: TargetGuard, update: WebhooksUpdate): Promise<Fault[]> {
  const faults = await Promise.all(
    (['start', 'submission'] as const).map(async (part): Promise<Fault[]> => {
      const url = update[part]?.url;
      const message = url && (await guard.faultOf(url));
      return message ? [{ path: `webhooks.${part}.url`, message }] : [];
    }),
  );
  return faults.flat();
}
