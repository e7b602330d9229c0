import type { Duplex } from 'node:stream';
import { constants, createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';
import type { BodyStart } from './body-text.ts';

/** Who compresses what is compressed has made a mistake; more than two times, a trap. */
const MAX_CODINGS = 2;
const MAX_NAME_LENGTH = 50;

/**
 * The beginning of a response's body without its `content-encoding`, at most `maxBytes` of it. Nobody asked for one (a
 * webhook has no `accept-encoding`), but some proxies compress whatever passes.
 *
 * @returns a text that names the encoding, in the place of the body, where it cannot be undone
 */
export async function decodedBody(
  body: BodyStart,
  { contentEncoding, maxBytes }: { contentEncoding: string; maxBytes: number },
): Promise<BodyStart | string> {
  const codings = contentEncoding
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  let decoded = body;
  if (codings.length > MAX_CODINGS) return notShown(contentEncoding, body);
  // They are named in the order in which they were applied.
  for (const coding of codings.toReversed()) {
    const decoder = decoded.bytes.length === 0 ? null : decoderOf(coding, decoded.bytes);
    if (decoder === null) return decoded.bytes.length === 0 ? decoded : notShown(contentEncoding, body);
    const { bytes, truncated } = await decode(decoded.bytes, decoder, maxBytes);
    if (bytes.length === 0) return notShown(contentEncoding, body);
    decoded = { bytes, truncated: truncated || decoded.truncated };
  }
  return decoded;
}

function decoderOf(coding: string, [first = 0]: Buffer): Duplex | null {
  // A body that was cut is decoded as far as it goes.
  const zlib = { finishFlush: constants.Z_SYNC_FLUSH };
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip(zlib);
    case 'deflate':
      // With the header of zlib (RFC 1950, section 2.2), or without, as many servers have it.
      return (first & 0x0f) === 8 ? createInflate(zlib) : createInflateRaw(zlib);
    case 'br':
      return createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH });
    default:
      return null;
  }
}

/** Ends as soon as there is enough: a few bytes may stand for many megabytes. */
async function decode(bytes: Buffer, decoder: Duplex, maxBytes: number): Promise<BodyStart> {
  const chunks: Buffer[] = [];
  let length = 0;
  let broken = false;
  decoder.end(bytes);
  try {
    // Without an encoding it gives bytes.
    for await (const chunk of decoder as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > maxBytes) break;
    }
  } catch {
    // What was decoded until then is shown as far as it goes.
    broken = true;
  }
  return {
    bytes: Buffer.concat(chunks).subarray(0, maxBytes),
    truncated: broken || length > maxBytes,
  };
}

function notShown(contentEncoding: string, { bytes }: BodyStart): string {
  // Whole or not at all: in a part of it a credential could not be recognised.
  const name = contentEncoding.length <= MAX_NAME_LENGTH ? contentEncoding : 'an unknown encoding';
  return `(compressed with ${name}, ${bytes.length.toLocaleString('en')} bytes; not shown)`;
}
