import { Problem, WebhookSettingsView } from '@interview-webhooks/schema';
import type { ApiClient } from '@interview-webhooks/testing';
import fc from 'fast-check';
import { expect } from 'vitest';
import { spoilt } from './generated-input.ts';

const path = '/ai-interviews/settings/webhooks';

/** In every place of a credential, and nowhere else. */
const SECRET = 'geheim-e5b1';
const anything = fc.anything({ withNullPrototype: false, maxDepth: 2 });
/** Usually what belongs there, often something near it, at times anything at all. */
const mostly = (...usual: unknown[]) =>
  fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...usual) }, { weight: 1, arbitrary: anything });
const object = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.oneof(
    { weight: 8, arbitrary: fc.record(fields, { requiredKeys: [] }) },
    { weight: 1, arbitrary: anything },
  );

const target = object({
  status: mostly(true, false, null, 'true'),
  url: fc.oneof(
    mostly('https://example.com/a', null, '', 'http://127.0.0.1/x', 'https://10.0.0.1', 'https://[::1]/'),
    fc.webUrl(),
  ),
});
const text = fc.oneof(mostly('user', '', null, 'a:b', 'X-Key', 'Host'), fc.string({ unit: 'binary' }));
const secret = fc.oneof(mostly(SECRET, '', null), fc.string());
const auth = object({
  type: mostly('basic', 'apikey', null, 'oauth'),
  status: mostly(true, false),
  basic: object({ username: text, password: secret, hasPassword: fc.boolean() }),
  apikey: object({ header: text, apikey: secret, key: text, value: secret, hasApikey: fc.boolean() }),
});
const body = object({
  webhooks: object({ start: target, submission: target, auth, submision: target }),
  updateAll: mostly(true, false),
});

const rightTarget = fc.record(
  { status: fc.boolean(), url: fc.constantFrom('https://192.0.33.8/a', 'http://127.0.0.1:9/x', null) },
  { requiredKeys: [] },
);
const rightAuth = fc.oneof(
  fc.constantFrom(null, { status: false }),
  fc.record({ type: fc.constant('basic'), basic: fc.constant({ username: 'user', password: SECRET }) }),
  fc.record({ type: fc.constant('apikey'), apikey: fc.constant({ header: 'X-Key', apikey: SECRET }) }),
);
/** Accepted as a rule, so that there is something to be kept and to be changed. */
const right = fc.record(
  {
    webhooks: fc.record(
      { start: rightTarget, submission: rightTarget, auth: rightAuth },
      { requiredKeys: [] },
    ),
    updateAll: fc.boolean(),
  },
  { requiredKeys: ['webhooks'] },
);

/** As JSON. Through a list, where what JSON cannot say is null instead of nothing. */
const asJson = (value: unknown) =>
  JSON.stringify([value], (_key, inner: unknown) =>
    typeof inner === 'bigint' ? String(inner) : inner,
  ).slice(1, -1);

const json = body.map(asJson);
/** Bodies that are nearly right, that are no JSON any more, and any bytes at all. */
const bodies = fc.oneof(
  { weight: 3, arbitrary: json },
  { weight: 3, arbitrary: right.map(asJson) },
  { weight: 2, arbitrary: spoilt(right).map(asJson) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.oneof(json, right.map(asJson)), fc.nat(), fc.string({ maxLength: 3 }))
      .map(([text, at, noise]) => {
        const cut = at % (text.length + 1);
        return text.slice(0, cut) + noise + text.slice(cut + noise.length);
      }),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
);

export interface FuzzOptions {
  seed: number;
  runs: number;
  /** Whose settings; the client's own key unless given. Nobody else may change them meanwhile. */
  key?: string;
  /** Told after each body. */
  onAnswer?: (status: number) => void;
}

/**
 * Posts bodies to the documented route: none is answered with a 5xx or with a secret, and what is refused changes nothing.
 * The same seed posts the same bodies in the same order.
 */
export async function fuzzDocumentedRoute(
  client: Pick<ApiClient, 'call'>,
  { seed, runs, key, onAnswer }: FuzzOptions,
): Promise<void> {
  const as = key === undefined ? {} : { key };
  const read = async () => (await client.call('GET', path, as)).text;
  let before = await read();
  await fc.assert(
    fc.asyncProperty(bodies, async (raw) => {
      const answer = await client.call('POST', path, { ...as, raw });
      onAnswer?.(answer.status);
      const [expected, after] = [answer.status === 200 ? answer.text : before, await read()];
      // What comes next is held against what there is now, whatever has gone wrong here.
      before = after;
      expect(after).toBe(expected);
      expect(answer.text).not.toContain(SECRET);
      if (answer.status === 200) {
        expect(JSON.stringify(WebhookSettingsView.parse(answer.json))).toBe(answer.text);
      } else {
        expect(answer.status).toBe(400);
        Problem.parse(answer.json);
      }
    }),
    { numRuns: runs, seed },
  );
}
