import { type AddressLookup, createAddressLookup } from './lookup-addresses.ts';
import type { Network } from './networks.ts';
import { fixedAddresses, hostnameOf, targetRefusal } from './target-rules.ts';

/** Decides whether webhooks may be sent to a URL. */
export interface TargetGuard {
  /**
   * What is wrong with `url` as a target, in plain words, or null. Looks the name up, but a name that does not
   * resolve right now is accepted: receivers are often set up after their settings, and the sender checks
   * again at every connection.
   *
   * @param url a URL that passed `TargetUrl` of the schema
   * @param workspaceId whose settings it is for
   */
  faultOf(url: string, workspaceId: string): Promise<string | null>;
}

export interface TargetGuardOptions {
  /** Networks that are allowed although they are not public; plain http is allowed to them too. */
  readonly allowedNetworks: readonly Network[];
  /** The same as the sender's, so that what a test asks for is asked once. One of its own unless given. */
  readonly lookup?: AddressLookup;
  /** How long a name may take to resolve before it counts as not resolving. */
  readonly lookupTimeoutMs?: number;
}

const DEFAULT_LOOKUP_TIMEOUT_MS = 1_500;

export function createTargetGuard(options: TargetGuardOptions): TargetGuard {
  const lookup = options.lookup ?? createAddressLookup();
  const timeoutMs = options.lookupTimeoutMs ?? DEFAULT_LOOKUP_TIMEOUT_MS;

  return {
    async faultOf(target, workspaceId) {
      const url = new URL(target);
      const hostname = hostnameOf(url);
      // Without a signal: when this stops waiting, the look-up goes on, and an attempt that follows joins it.
      const addresses =
        fixedAddresses(hostname) ?? (await withinTime(lookup(hostname, { workspaceId }), timeoutMs));
      return targetRefusal({ url, addresses, allowedNetworks: options.allowedNetworks })?.reason ?? null;
    },
  };
}

/** The addresses, or none where the look-up fails or takes longer than `timeoutMs`. */
async function withinTime(found: Promise<readonly string[]>, timeoutMs: number): Promise<readonly string[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly string[]>((resolve) => {
    timer = setTimeout(resolve, timeoutMs, []);
  });
  try {
    return await Promise.race([found.catch(() => []), late]);
  } finally {
    clearTimeout(timer);
  }
}
