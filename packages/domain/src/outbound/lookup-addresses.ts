import { askDns, SilentNameError } from './ask-dns.ts';
import { hostsFile } from './hosts-file.ts';
import { createLookupTurns } from './lookup-turns.ts';

/** For whom a name is looked up, and for how long. */
export interface LookupTerms {
  /** What one workspace has under way is bounded. Those who name none are bounded together. */
  readonly workspaceId?: string | undefined;
  /**
   * Ends the wait for a turn, and the look-up unless somebody else waits for it, too. Without a signal there is no wait
   * for a turn, and a look-up that has begun is seen to its end.
   */
  readonly signal?: AbortSignal | undefined;
}

/**
 * All addresses of a host name, as IP literals.
 *
 * @throws SilentNameError, LookupsBusyError, the signal's reason, and what DNS answers for a name that does not resolve
 */
export type AddressLookup = (hostname: string, terms: LookupTerms) => Promise<readonly string[]>;

export interface AddressLookupOptions {
  /** DNS servers, as IP literals with a port or without; those of the system unless given. */
  readonly servers?: readonly string[] | undefined;
  /** `/etc/hosts` unless given. */
  readonly hostsPath?: string;
  /** How long DNS may take to answer; 5 s unless given. */
  readonly timeoutMs?: number;
  /** How long a name whose DNS was silent is taken for silent; 4 s unless given, which the first retry of a delivery outlasts. */
  readonly silentForMs?: number;
  /** How long what was found is taken for true; 2 s unless given, so that a test's check and its attempt ask once. */
  readonly foundForMs?: number;
  /** Look-ups of one workspace at a time; 32 unless given. */
  readonly maxPerWorkspace?: number;
  /** Milliseconds of a clock that only runs forward. */
  readonly nowMs?: () => number;
}

/** Names that are remembered at a time, of each kind. */
const MAX_REMEMBERED = 10_000;

/**
 * Looks names up in the hosts file and else in DNS. Those who ask for one name at the same time share one look-up, the
 * guard of settings and the sender, too. A name whose DNS is silent is remembered for some seconds, so that it fails at
 * once; and what one workspace has under way is bounded, so that its silent names take nothing from others.
 */
export function createAddressLookup(options: AddressLookupOptions = {}): AddressLookup {
  const { servers, hostsPath = '/etc/hosts', timeoutMs = 5_000, maxPerWorkspace = 32 } = options;
  const { silentForMs = 4_000, foundForMs = 2_000, nowMs = () => performance.now() } = options;
  const inHosts = hostsFile(hostsPath, nowMs);
  const silent = memory<SilentNameError>(silentForMs, nowMs);
  const found = memory<readonly string[]>(foundForMs, nowMs);
  const underWay = new Map<string, SharedLookup>();
  const turns = createLookupTurns(maxPerWorkspace);

  const look = async (name: string, signal: AbortSignal): Promise<readonly string[]> => {
    try {
      const addresses = await askDns(name, { servers, timeoutMs, signal });
      found.note(name, addresses);
      return addresses;
    } catch (error) {
      if (error instanceof SilentNameError) silent.note(name, error);
      throw error;
    }
  };
  /** What is known without asking anew, or is being asked already. */
  const known = (name: string, signal: AbortSignal | undefined) => {
    const addresses = inHosts(name);
    if (addresses) return addresses;
    const silence = silent.of(name);
    if (silence) throw silence;
    return found.of(name) ?? underWay.get(name)?.join(signal);
  };
  const begin = (name: string, ended: () => void): SharedLookup => {
    const forget = () => {
      if (underWay.get(name) === shared) underWay.delete(name);
    };
    const shared = sharedLookup((signal) => look(name, signal), {
      abandoned: forget,
      ended: () => {
        forget();
        ended();
      },
    });
    underWay.set(name, shared);
    return shared;
  };

  return async (hostname, { workspaceId = '', signal }) => {
    signal?.throwIfAborted();
    const name = hostname.toLowerCase().replace(/\.$/, '');
    const before = known(name, signal);
    if (before) return before;
    const endTurn = await turns.begin(workspaceId, signal);
    const askedSince = () => {
      try {
        signal?.throwIfAborted();
        return known(name, signal);
      } catch (error) {
        endTurn();
        throw error;
      }
    };
    // While this waited for its turn, somebody else may have asked.
    const since = askedSince();
    if (!since) return begin(name, endTurn).join(signal);
    endTurn();
    return since;
  };
}

interface SharedLookup {
  join(signal: AbortSignal | undefined): Promise<readonly string[]>;
}

/** One look-up for all who join it; abandoned when the last of them has left. */
function sharedLookup(
  look: (signal: AbortSignal) => Promise<readonly string[]>,
  on: { abandoned: () => void; ended: () => void },
): SharedLookup {
  const abandoning = new AbortController();
  const answer = look(abandoning.signal).finally(on.ended);
  // Where all have left there is nobody to see it fail.
  answer.catch(() => undefined);
  let joined = 0;
  return {
    join(signal) {
      joined++;
      return new Promise((resolve, reject) => {
        const leave = () => {
          if (--joined === 0) {
            on.abandoned();
            abandoning.abort();
          }
          reject(signal?.reason as Error); // an attempt that ends says why with an Error
        };
        signal?.addEventListener('abort', leave, { once: true });
        answer
          .finally(() => {
            signal?.removeEventListener('abort', leave);
          })
          .then(resolve, reject);
      });
    },
  };
}

/** What was noted in the last `forMs`, so far as there is room. */
function memory<Value>(forMs: number, nowMs: () => number) {
  /** The oldest first. */
  const noted = new Map<string, { value: Value; atMs: number }>();
  const forgetOld = () => {
    for (const [name, { atMs }] of noted) {
      if (nowMs() - atMs < forMs && noted.size <= MAX_REMEMBERED) return;
      noted.delete(name);
    }
  };
  return {
    note(name: string, value: Value): void {
      noted.delete(name);
      noted.set(name, { value, atMs: nowMs() });
      forgetOld();
    },
    of(name: string): Value | undefined {
      forgetOld();
      return noted.get(name)?.value;
    },
  };
}
