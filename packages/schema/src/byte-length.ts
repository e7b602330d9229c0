/** How many bytes `value` takes as JSON in UTF-8. */
export function jsonByteLength(value: unknown): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}

/** Rule for a value that takes at most `maximum` bytes as JSON. */
export function atMostBytes(maximum: number) {
  return [
    (value: unknown) => jsonByteLength(value) <= maximum,
    { error: `must have at most ${maximum.toLocaleString('en')} bytes as JSON` },
  ] as const;
}
