/** How an endpoint behaves. */
export type Manner = 'well' | 'hangs' | 'fails';

/**
 * What the nth endpoint is like: with `badEvery` 20, one of twenty never answers, one always fails, and eighteen are well.
 * With 0, all are.
 */
export function mannerOf(endpoint: number, badEvery: number): Manner {
  const place = badEvery === 0 ? badEvery : endpoint % badEvery;
  if (badEvery === 0 || place > 1) return 'well';
  return place === 0 ? 'hangs' : 'fails';
}

/** The address of the nth endpoint: each is an origin of its own, and all of them this machine. */
export function addressOf(endpoint: number): string {
  const host = endpoint + 1;
  return `127.${host >> 16}.${(host >> 8) & 255}.${host & 255}`;
}

/** The counterpart of {@link addressOf}. */
export function endpointAt(address: string): number {
  const [, high = 0, middle = 0, low = 0] = address.split('.').map(Number);
  return (high << 16) + (middle << 8) + low - 1;
}
