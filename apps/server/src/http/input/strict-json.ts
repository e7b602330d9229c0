import { TransportError } from '@interview-webhooks/api';
import { InvalidInputError } from '@interview-webhooks/domain';
import { scanFaults } from './json-scan.ts';

/** Far deeper than anything that this API takes, far shallower than what a recursion over input can bear. */
const MAX_DEPTH = 32;

// A byte order mark at the start is dropped, as RFC 8259, section 8.1, allows.
const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * The text of a body.
 *
 * @throws TransportError `malformed-request` where it is not UTF-8
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new TransportError('malformed-request', 'The body is not valid UTF-8; send it as UTF-8.');
  }
}

/**
 * The one reader of JSON that comes from callers: nothing is lost in silence, as in I-JSON (RFC 7493), and the depth is
 * bounded before anything recurses over the value.
 *
 * @throws TransportError `malformed-request` where it is no JSON, or nested too deep
 * @throws InvalidInputError naming keys that are given twice and numbers that cannot be kept
 */
export function parseJson(text: string): unknown {
  requireDepth(text);
  const value = parsed(text);
  const faults = scanFaults(text);
  if (faults.length > 0) throw new InvalidInputError(faults);
  return value;
}

/**
 * Bounds the depth of JSON before anything recurses over its value. Looks at the text, because a value can only be measured
 * by recursing over it.
 *
 * @throws TransportError `malformed-request`
 */
export function requireDepth(text: string): void {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (inText) {
      if (character === '\\') at += 1;
      else if (character === '"') inText = false;
    } else if (character === '"') inText = true;
    else if (character === ']' || character === '}') depth -= 1;
    else if (character === '[' || character === '{') {
      depth += 1;
      if (depth > MAX_DEPTH) {
        throw new TransportError(
          'malformed-request',
          `The JSON is nested more than ${MAX_DEPTH} levels deep; send it with fewer levels.`,
        );
      }
    }
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // Only the place: the engine's message quotes the input, which may hold a secret.
    const [, at] = /at position (\d+)/.exec(String(error)) ?? [];
    const place = at === undefined ? '' : ` from character ${Number(at) + 1} on`;
    throw new TransportError(
      'malformed-request',
      `The JSON cannot be read${place}; send valid JSON (RFC 8259).`,
    );
  }
}
