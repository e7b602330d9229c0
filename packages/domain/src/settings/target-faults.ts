import type { Fault, WebhooksUpdate } from '@interview-webhooks/schema';
import type { Context } from '../context.ts';

/** What is wrong with the URLs that `update` sets, as targets. */
export async function targetFaults(
  { targetGuard, workspaceId }: Pick<Context, 'targetGuard' | 'workspaceId'>,
  update: WebhooksUpdate,
): Promise<Fault[]> {
  const faults = await Promise.all(
    (['start', 'submission'] as const).map(async (part): Promise<Fault[]> => {
      const url = update[part]?.url;
      const message = url && (await targetGuard.faultOf(url, workspaceId));
      return message ? [{ path: `webhooks.${part}.url`, message }] : [];
    }),
  );
  return faults.flat();
}
