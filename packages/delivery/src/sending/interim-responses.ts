import type { Socket } from 'node:net';

/** Why what came before an answer, or in its place, ends the exchange; in words for the receiver's owner. */
export class UnusableAnswerError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnusableAnswerError';
  }
}

/** As many headers as an answer may have: who sends more interim responses has none. */
const MAX_INTERIM_BYTES = 16 * 1024;

/** Every interim response begins like this, and no other. */
const beginnings = ['HTTP/1.1 1', 'HTTP/1.0 1'];
const BEGINNING = 10;
/** Of HTTP/2 (RFC 9113, section 4.1). */
const FRAME_HEADER_BYTES = 9;

/** Takes interim responses out of what one connection reads. */
export interface InterimFilter {
  /** To be called before each request. `onInterim` is called for each interim response that is skipped. */
  readonly expectAnswer: (onInterim: () => void) => void;
}

/**
 * Lets whoever reads `socket` see final responses only: a client skips interim ones, unasked ones too (RFC 9110,
 * section 15.2), and undici takes a 100 for a broken answer. What is in their place is named: an upgrade, an
 * answer in HTTP/2. All else passes untouched and is undici's to judge.
 *
 * undici takes what arrives by `socket.read()`, so this stands in its way: a stream in between would cost every
 * webhook more than all else here.
 */
export function skipInterimResponses(socket: Socket): InterimFilter {
  const read = socket.read.bind(socket);
  let expected: ExpectedAnswer | null = null;
  socket.read = (size?: number): Buffer | null => {
    for (;;) {
      // A socket without an encoding reads bytes.
      const chunk = read(size) as Buffer | null;
      if (chunk === null || expected === null) return chunk;
      let passed: Buffer | null;
      try {
        passed = expected.take(chunk);
      } catch (error) {
        // It throws errors alone.
        socket.destroy(error as Error);
        return null;
      }
      if (passed === null) continue;
      expected = null;
      return passed;
    }
  };
  return {
    expectAnswer(onInterim) {
      expected = new ExpectedAnswer(onInterim);
    },
  };
}

/** What arrives until the final answer begins. A class because there is one for every webhook. */
class ExpectedAnswer {
  readonly #onInterim: () => void;
  #held: Buffer | null = null;
  #skippedBytes = 0;

  constructor(onInterim: () => void) {
    this.#onInterim = onInterim;
  }

  /**
   * @returns where the final answer begins, or null where it has not begun yet
   * @throws UnusableAnswerError
   */
  take(chunk: Buffer): Buffer | null {
    let data = this.#held === null ? chunk : Buffer.concat([this.#held, chunk]);
    this.#held = null;
    for (;;) {
      data = withoutEmptyLines(data);
      refuseHttp2(data);
      const beginning = data.toString('latin1', 0, BEGINNING);
      const isPartOfFrame = data[0] === 0 && data.length < FRAME_HEADER_BYTES;
      if (!isPartOfFrame && !beginnings.some((known) => known.startsWith(beginning))) return data;
      const length = beginning.length < BEGINNING ? null : interimLength(data);
      if (length === 0) return data;
      if (this.#skippedBytes + (length ?? data.length) > MAX_INTERIM_BYTES) {
        throw new UnusableAnswerError('More than 16 KiB of interim responses (1xx) came before the answer');
      }
      if (length === null) {
        this.#held = data;
        return null;
      }
      this.#skippedBytes += length;
      this.#onInterim();
      data = data.subarray(length);
    }
  }
}

/**
 * How long the interim response is that `data` begins with; null where its end has not arrived, 0 where it is none.
 *
 * @throws UnusableAnswerError for a 101
 */
function interimLength(data: Buffer): number | null {
  const text = data.toString('latin1', 0, MAX_INTERIM_BYTES + 4);
  const end = /\n\r?\n/.exec(text);
  if (!end) return null;
  const status = /^HTTP\/1\.[01] (1\d\d)(?: [^\r\n]*)?\r\n/.exec(text)?.[1];
  // Bare line ends, or no status: what undici refuses.
  if (status === undefined || !text.startsWith('\r\n\r\n', end.index - 1)) return 0;
  if (status === '101') {
    throw new UnusableAnswerError(
      'The receiver answered 101, a switch to another protocol that nobody asked for',
    );
  }
  return end.index + 3;
}

/** A client skips them before a status line (RFC 9112, section 2.2). */
function withoutEmptyLines(data: Buffer): Buffer {
  let from = 0;
  while (data[from] === 0x0d || data[from] === 0x0a) from += 1;
  return from === 0 ? data : data.subarray(from);
}

/** The first frame of a server is SETTINGS (RFC 9113, sections 3.4, 4.1 and 6.5), of fewer than 65,536 bytes. */
function refuseHttp2(data: Buffer): void {
  const isSettings =
    data.length >= FRAME_HEADER_BYTES &&
    data[0] === 0 &&
    data[3] === 4 &&
    data[4] === 0 &&
    data.readUInt32BE(5) === 0;
  if (isSettings)
    throw new UnusableAnswerError('The receiver speaks HTTP/2 only; webhooks are sent with HTTP/1.1');
}
