import { recordStart, recordSubmission } from '@interview-webhooks/domain';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { answering, httpReceiver } from '../../test/receivers.ts';
import { configure, deliveryWorld, invitation } from '../testing/delivery-world.ts';
import { defaultLimits } from './limits.ts';

it('an endpoint that was quick has more attempts at a time, and when it hangs, the others on its host have theirs', async () => {
  await using world = await deliveryWorld({ deadlineMs: 60_000 });
  const arrived: string[] = [];
  const answerFirst: (() => void)[] = [];
  const news = new EventTarget();
  await using target = await httpReceiver((request, response) => {
    const url = request.url ?? '';
    arrived.push(url);
    const answer = () => {
      answering(200)(request, response);
    };
    if (url !== '/start') answer();
    else if (count('/start') <= 2) answerFirst.push(answer);
    news.dispatchEvent(new Event('arrived'));
  });
  const count = (path: string) => arrived.filter((url) => url === path).length;
  // However busy this machine is, the first two are quick.
  const quick = { perEndpoint: 2, perQuickEndpoint: 4, perOrigin: 6, quickMs: 60_000 };
  const engine = world.engine({ limits: { ...defaultLimits, ...quick }, stopGraceMs: 0 });
  const context = await world.workspace(engine);
  const { origin } = new URL(target.url);
  await configure(context, {
    start: { status: true, url: `${origin}/start` },
    submission: { status: true, url: `${origin}/submission` },
  });
  const invited = await Promise.all(Array.from({ length: 10 }, () => invitation(context)));
  for (const { response_id } of invited) await recordStart(context, { response_id });
  while (answerFirst.length < 2) await once(news, 'arrived');
  // All others wait for their turn by now.
  await expect.poll(() => engine.held()).toBe(10);
  for (const answer of answerFirst) answer();
  while (count('/start') < 2 + 4) await once(news, 'arrived');
  for (const { response_id } of invited) await recordSubmission(context, { response_id, score: 80 });
  while (count('/submission') < 10) await once(news, 'arrived');
  expect(count('/start')).toBe(2 + 4);
  for (const socket of target.connections) socket.destroy();
});

it('one endpoint, origin or workspace never takes all that those beside it may have', () => {
  const { perEndpoint, perQuickEndpoint, perOrigin, activePerWorkspace, active } = defaultLimits;
  expect([perEndpoint, perQuickEndpoint]).toEqual([16, 64]);
  expect(perOrigin - perQuickEndpoint).toBeGreaterThanOrEqual(2 * perEndpoint);
  expect(activePerWorkspace - perOrigin).toBeGreaterThanOrEqual(2 * perEndpoint);
  expect(active).toBeGreaterThanOrEqual(2 * activePerWorkspace);
  const { held, heldPerWorkspace, heldPerOrigin, heldPerQuickEndpoint, heldPerEndpoint } = defaultLimits;
  const levels = [held, heldPerWorkspace, heldPerOrigin, heldPerQuickEndpoint, heldPerEndpoint];
  for (const [index, bound] of levels.slice(1).entries()) expect(bound).toBe((levels[index] ?? 0) / 2);
});
