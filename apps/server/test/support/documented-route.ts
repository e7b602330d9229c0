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

// By address: a name would be looked up each time, and bodies are to be many.
const good = {
  url: fc.webPath().map((path) => `https://93.184.216.34${path}`),
  text: fc.stringMatching(/^[A-Za-z]{1,20}$/),
};
const target = object({
  status: mostly(true, false, null, 'true'),
  url: fc.oneof(
    mostly('https://93.184.216.34/a', null, '', 'http://127.0.0.1/x', 'https://10.0.0.1', 'https://[::1]/'),
    good.url,
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

/** As documented. Whether it is taken still depends on what is stored. */
const goodTarget = fc.record({ status: fc.boolean(), url: good.url }, { requiredKeys: ['url'] });
const documented = fc.record(
  {
    webhooks: fc.record(
      {
        start: goodTarget,
        submission: goodTarget,
        auth: fc.oneof(
          fc.constant(null),
          fc.record({
            type: fc.constant('basic'),
            basic: fc.record({ username: good.text, password: fc.constant(SECRET) }),
          }),
          fc.record({
            type: fc.constant('apikey'),
            apikey: fc.record({ header: good.text.map((name) => `X-${name}`), apikey: fc.constant(SECRET) }),
          }),
        ),
      },
      { requiredKeys: ['start'] },
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

const json = fc.oneof(body, documented).map(asJson);
/** Bodies that are right or nearly right, that are no JSON any more, and any bytes at all. */
const bodies = fc.oneof(
  { weight: 5, arbitrary: json },
  { weight: 2, arbitrary: spoilt(documented).map(asJson) },
  {
    weight: 2,
    arbitrary: fc.tuple(json, fc.nat(), fc.string({ maxLength: 3 })).map(([text, at, noise]) => {
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
