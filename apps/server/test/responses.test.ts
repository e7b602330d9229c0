import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type TestServer, testServer } from './support/test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server[Symbol.asyncDispose]());

let interview: { ai_interview_id: string };
beforeEach(async () => {
  const created = await server.call('POST', '/ai-interviews', { body: { ai_interview_name: 'Backend' } });
  interview = created.json as typeof interview;
});

function invite(more: object = {}, headers: Record<string, string> = {}) {
  const { ai_interview_id } = interview;
  const body = { ai_interview_id, candidate_name: 'Ada', candidate_email: 'ada@example.com', ...more };
  return server.call('POST', '/api/v2/ai-interviews/invite', { body, headers });
}

it('a candidate goes all the way over the documented routes', async () => {
  const invited = await invite({ custom_field_id: 'app-1', expiry_date: '2999-12-31 23:59' });
  expect(invited.status).toBe(201);
  const { response_id, invite_link } = invited.json as { response_id: string; invite_link: string };
  expect(invite_link).toBe(`${server.url}/invitations/${response_id}`);
  const base = `/ai-interviews/responses/${response_id}`;

  const started = await server.call('POST', `${base}/start`);
  expect(started).toMatchObject({ status: 200, json: { invite_status: 'Started' } });
  expect((await server.call('POST', `${base}/start`, { body: {} })).text).toBe(started.text);
  const submitted = await server.call('POST', `${base}/submission`, { body: { score: 71 } });
  expect(submitted).toMatchObject({ status: 200, json: { invite_status: 'Completed' } });
  expect((await server.call('POST', `${base}/evaluation`, { body: { integrity_score: 99 } })).status).toBe(
    200,
  );

  const report = await server.call('GET', `/ai-interviews/report/${response_id}`);
  expect(report.json).toMatchObject({
    response_id,
    custom_field_id: 'app-1',
    score: 71,
    integrity_score: 99,
  });
  expect((await server.call('GET', '/api/v2/ai-interviews/report?custom_field_id=app-1')).text).toBe(
    report.text,
  );
  expect((await server.call('GET', base)).text).toBe(submitted.text);
  expect((await server.call('GET', '/ai-interviews/responses?invite_status=Completed')).json).toMatchObject({
    data: [{ response_id }],
    next_cursor: null,
  });
});

it('what is wrong is told at its field', async () => {
  const paths = (answer: { json: unknown }) =>
    (answer.json as { errors?: { path: string }[] }).errors?.map(({ path }) => path);
  expect(
    paths(await invite({ candidate_email: 'nope', expiry_date: '2026-02-30 10:00', invite_format: 'fax' })),
  ).toEqual(['candidate_email', 'invite_format', 'expiry_date']);
  const { response_id } = (await invite()).json as { response_id: string };
  const submission = `/ai-interviews/responses/${response_id}/submission`;
  expect(
    paths(
      await server.call('POST', submission, {
        body: { score: 101, report_link: 'javascript:alert(1)', skore: 1 },
      }),
    ),
  ).toEqual(['score', 'report_link', 'skore']);
  expect(paths(await server.call('GET', '/ai-interviews/report'))).toEqual(['']);
  expect((await server.call('POST', '/ai-interviews/responses/nope/start')).status).toBe(404);
  expect(
    (await server.call('POST', `/ai-interviews/responses/${response_id}/evaluation`, { body: {} })).status,
  ).toBe(409);
});

it('a POST that creates is done once for an Idempotency-Key', async () => {
  const headers = { 'idempotency-key': 'k-1' };
  const [first, second] = [await invite({}, headers), await invite({}, headers)];
  expect(second.text).toBe(first.text);
  expect(await invite({ candidate_name: 'Eve' }, headers)).toMatchObject({
    status: 400,
    json: { errors: [{ path: 'Idempotency-Key' }] },
  });
  expect(await invite({}, { 'idempotency-key': 'x'.repeat(256) })).toMatchObject({ status: 400 });

  const create = () =>
    server.call('POST', '/ai-interviews', { body: { ai_interview_name: 'Once' }, headers });
  expect((await create()).text).toBe((await create()).text);
});
