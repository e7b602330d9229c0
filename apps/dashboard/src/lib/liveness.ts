/** How a page learns of what is new. */
export type Liveness = 'connecting' | 'live' | 'polling' | 'offline' | 'paused';

/** What has come of asking again and again; times in milliseconds since 1970, 0 for never. */
export interface Polls {
  isError: boolean;
  dataUpdatedAt: number;
  errorUpdatedAt: number;
}

interface Connection {
  isLive: boolean;
  /** Since when there has been no live connection; see `useAdrift`. */
  adriftSince: number | null;
  polls: Polls;
}

/** Only what was answered without a live connection counts: an answer from before it is no news. */
export function livenessOf({ isLive, adriftSince, polls }: Connection): Exclude<Liveness, 'paused'> {
  if (isLive) return 'live';
  if (adriftSince === null) return 'connecting';
  if (polls.isError && polls.errorUpdatedAt >= adriftSince) return 'offline';
  return hasNews({ isLive, adriftSince, polls }) ? 'polling' : 'connecting';
}

/** Whether the last answer is newer than what a live connection brought. */
export function hasNews({ isLive, adriftSince, polls }: Connection): boolean {
  return !isLive && adriftSince !== null && polls.dataUpdatedAt >= adriftSince;
}

/** When the server was last known to be there. */
export function lastHeardAt({ adriftSince, polls }: Pick<Connection, 'adriftSince' | 'polls'>): Date {
  return new Date(Math.max(adriftSince ?? 0, polls.dataUpdatedAt));
}
