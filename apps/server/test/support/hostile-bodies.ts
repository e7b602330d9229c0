import { Problem } from '@interview-webhooks/schema';
import type { ApiClient } from '@interview-webhooks/testing';
import fc from 'fast-check';
import { expect } from 'vitest';

const path = '/ai-interviews/settings/webhooks';
const trpcPath = '/trpc/settings.updateWebhookSettings';
const MAX_BYTES = 64 * 1024;
/** A refusal of any body: a hundred faults of bounded length, and what is around them. */
const MAX_ANSWER_LENGTH = 64 * 1024;

const sample = '{"webhooks":{"start":{"status":false,"url":"https://93.184.216.34/a"}}}';

interface Typed {
  type: string;
  isTaken: boolean;
}
const types: fc.Arbitrary<Typed> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .constantFrom(
        'application/json',
        'application/json; charset=utf-8',
        'Application/JSON;charset="UTF-8"',
        'application/json; odata=none',
      )
      .map((type) => ({ type, isTaken: true })),
  },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom(
        'application/json; charset=utf-16',
        'application/json; charset=iso-8859-1',
        'application/json, application/json',
        'application/json5',
        'multipart/form-data; boundary=x',
        'multipart/form-data',
        'application/octet-stream',
        'application/x-www-form-urlencoded',
        'application/graphql+json',
        'text/plain',
        '/',
      )
      .map((type) => ({ type, isTaken: false })),
  },
  {
    weight: 1,
    arbitrary: fc.stringMatching(/^[a-z]{1,8}\/x[a-z+.-]{0,20}$/).map((type) => ({ type, isTaken: false })),
  },
);
const encodings = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(undefined, 'identity') },
  { weight: 1, arbitrary: fc.constantFrom('gzip', 'br', 'deflate', 'zstd', 'gzip, br', 'nonsense') },
);

const depth = fc
  .tuple(
    fc.integer({ min: 1, max: 5_000 }),
    fc.constantFrom(['{"a":', '}'], ['[', ']'], ['{"webhooks":', '}'], ['[{"x":', '}]']),
    fc.boolean(),
  )
  .map(([levels, [open = '', close = ''], isClosed]) => {
    const end = isClosed ? close.repeat(levels) : '';
    return `{"webhooks":${open.repeat(levels)}1${end}}`;
  });
const width = fc
  .tuple(fc.integer({ min: 1, max: 8_000 }), fc.constantFrom('k', 'star', '__proto__', '"'), fc.boolean())
  .map(([count, name, isNested]) => {
    const keys = Array.from(
      { length: count },
      (_, index) => `${JSON.stringify(`${name}${index}`)}:${index}`,
    ).join();
    return isNested ? `{"webhooks":{"start":{${keys}}}}` : `{"webhooks":{},${keys}}`;
  });
const twice = fc
  .constantFrom('webhooks', 'start', 'url', 'status')
  .map((name) => sample.replace(`"${name}":`, `"${name}":null,"${name}":`));
const padded = fc
  .integer({ min: MAX_BYTES - 2, max: MAX_BYTES + 2_000 })
  .map((bytes) => sample.padEnd(bytes));

const texts = fc.oneof(
  fc.constant(sample),
  depth,
  width,
  twice,
  padded,
  fc.string({ unit: 'binary', maxLength: 100 }),
);
const bodies: fc.Arbitrary<Uint8Array<ArrayBuffer>> = fc.oneof(
  { weight: 4, arbitrary: texts.map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: texts.map((text) => Buffer.from(text, 'utf16le')) },
  {
    weight: 1,
    arbitrary: texts.map((text) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)])),
  },
  {
    weight: 2,
    // Any bytes in a place where a text is.
    arbitrary: fc.uint8Array({ minLength: 1, maxLength: 6 }).map((bytes) => {
      const [before = '', after = ''] = sample.split('34/a');
      return Buffer.concat([Buffer.from(`${before}34/`), bytes, Buffer.from(after)]);
    }),
  },
);

export interface HostileOptions {
  seed: number;
  runs: number;
  /** Whose settings; the client's own key unless given. Nobody else may change them meanwhile. */
  key?: string;
  onAnswer?: (status: number) => void;
}

/**
 * Posts bodies that are wrong in how they are sent, written or built, to the documented route and to tRPC: each is answered
 * by the rule that refuses it first, in an answer of a bounded size, and what is refused changes nothing.
 */
export async function fuzzBodies(
  client: Pick<ApiClient, 'call'>,
  { seed, runs, key, onAnswer }: HostileOptions,
): Promise<void> {
  const as = key === undefined ? {} : { key };
  const read = async () => (await client.call('GET', path, as)).text;
  let before = await read();
  await fc.assert(
    fc.asyncProperty(
      types,
      encodings,
      bodies,
      fc.boolean(),
      async ({ type, isTaken }, encoding, raw, isRest) => {
        const headers = {
          'content-type': type,
          ...(encoding !== undefined && { 'content-encoding': encoding }),
        };
        const { status, text, json } = await client.call('POST', isRest ? path : trpcPath, {
          ...as,
          raw,
          headers,
        });
        onAnswer?.(status);
        const now = await read();
        const expected = status === 200 ? (isRest ? text : JSON.stringify(dataIn(json))) : before;
        before = now;
        expect(now).toBe(expected);
        expect(statusesFor({ isTaken, encoding, raw })).toContain(status);
        expect(text.length).toBeLessThan(MAX_ANSWER_LENGTH);
        if (status !== 200 && isRest) Problem.parse(json);
      },
    ),
    { numRuns: runs, seed },
  );
}

function dataIn(json: unknown): unknown {
  return (json as { result: { data: unknown } }).result.data; // as tRPC answers
}

/** What the first rule that is broken says; where none is, the fields decide. */
function statusesFor(sent: { isTaken: boolean; encoding: string | undefined; raw: Uint8Array }): number[] {
  if (!sent.isTaken) return [415];
  if (sent.raw.length > 0 && (sent.encoding ?? 'identity') !== 'identity') return [415];
  if (sent.raw.length > MAX_BYTES) return [413];
  return isUtf8(sent.raw) ? [200, 400] : [400];
}

function isUtf8(bytes: Uint8Array): boolean {
  return Buffer.compare(Buffer.from(Buffer.from(bytes).toString('utf8')), bytes) === 0;
}
