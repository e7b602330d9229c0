/** The beginning of a response's body. */
export interface BodyStart {
  readonly bytes: Buffer;
  /** Whether the body went on after `bytes`, so that they may end within a character. */
  readonly truncated: boolean;
}

/**
 * A body as text: what is not UTF-8 becomes U+FFFD, a character split by the cut is left out. The text takes at
 * most `maxBytes` in UTF-8 too, though each replaced byte grows to three.
 */
export function bodyText({ bytes, truncated }: BodyStart, maxBytes: number): string {
  const text = truncated ? decodeWhole(bytes) : bytes.toString('utf8');
  if (!text.includes('\uFFFD')) return text;
  const encoded = Buffer.from(text);
  return encoded.length <= maxBytes ? text : decodeWhole(encoded.subarray(0, maxBytes));
}

/** Decodes the characters that are whole: a streaming decoder holds the last one back until it is complete. */
function decodeWhole(bytes: Buffer): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes, { stream: true });
}
