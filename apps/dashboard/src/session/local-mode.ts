import { z } from 'zod';
import { useSession } from './session-context.ts';

// Read as if it came from anywhere: a server that does not say so yet is taken for one that is not local.
const SaysLocal = z.object({ local: z.boolean() });

/** Whether the server runs in local mode, where candidates may be played by hand. */
export function useLocalMode(): boolean {
  const { session } = useSession();
  return SaysLocal.safeParse(session).data?.local ?? false;
}
