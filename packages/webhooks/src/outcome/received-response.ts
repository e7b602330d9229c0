/** How much of a response's body is kept. */
export const KEPT_BODY_BYTES = 16 * 1024;

/** What has arrived of a response so far, so that a failure half-way can still be shown with it. */
export interface ReceivedResponse {
  status: number | null;
  headers: Record<string, string | string[] | undefined>;
  /** The body's first `KEPT_BODY_BYTES` at most. */
  readonly body: Buffer[];
  bodyBytes: number;
  /** Whether the body was read to its end. */
  complete: boolean;
}

export function nothingReceived(): ReceivedResponse {
  return { status: null, headers: {}, body: [], bodyBytes: 0, complete: false };
}
