import { commandsDuring, isJournaled } from '@interview-webhooks/database/testing';
import { InviteCandidate, SubmitResponse } from '@interview-webhooks/schema';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listAudit } from '../audit/list-audit.ts';
import type { Context } from '../context.ts';
import { createInterview } from '../interviews/create-interview.ts';
import { type TestWorld, testWorld } from '../testing/test-context.ts';
import { evaluateResponse } from './evaluate-response.ts';
import { inviteCandidate } from './invite-candidate.ts';
import { listResponses } from './list-responses.ts';
import { getReport, getResponse } from './read-responses.ts';
import { recordStart } from './record-start.ts';
import { recordSubmission } from './record-submission.ts';

let world: TestWorld;
beforeAll(async () => {
  world = await testWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

let context: Context;
let ai_interview_id: string;
beforeEach(async () => {
  context = world.newWorkspace();
  ({ ai_interview_id } = await createInterview(context, { ai_interview_name: 'Backend' }));
});

const invite = (more: object = {}, as: Context = context) =>
  inviteCandidate(
    as,
    InviteCandidate.parse({
      candidate_name: 'Ada',
      candidate_email: 'ada@example.com',
      ai_interview_id,
      ...more,
    }),
  );
const submit = (response_id: string, result: object = {}) =>
  recordSubmission(context, SubmitResponse.parse({ response_id, ...result }));
/** Events that wait for their delivery, and how often each is in the outbox. */
const outbox = async (response_id: string) => {
  const { outboxEntries = [] } = await context.database.responses.findById(response_id).lean().orFail();
  return outboxEntries.map(({ event }) => event);
};

describe('inviting', () => {
  it('answers with the family’s fields', async () => {
    const invitation = await invite({ custom_field_id: 'app-1' });
    expect(invitation).toEqual({
      email: 'ada@example.com',
      ai_interview_id,
      ai_interview_name: 'Backend',
      response_id: expect.stringMatching(/^[0-9a-f]{24}$/) as string,
      invite_link: `https://hooks.example/invitations/${invitation.response_id}`,
      name: 'Ada',
      status: 'Invited',
      custom_field_id: 'app-1',
    });
  });

  it('knows a candidate again by the e-mail address', async () => {
    const ids = await Promise.all(
      [{}, { candidate_email: 'ADA@example.com' }, { candidate_email: 'eve@example.com' }].map(
        async (more) => {
          const { response_id } = await invite(more);
          return (await getResponse(context, { response_id })).candidate_id;
        },
      ),
    );
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).not.toBe(ids[2]);
  });

  it('knows a candidate again by either form of an internationalised address, and keeps what was given', async () => {
    const forms = ['jörg@münchen.example', 'jörg@xn--mnchen-3ya.example'];
    const found = await Promise.all(
      forms.map(async (candidate_email) => getResponse(context, await invite({ candidate_email }))),
    );
    expect(found.map(({ candidate_email }) => candidate_email)).toEqual(forms);
    expect(found[0]?.candidate_id).toBe(found[1]?.candidate_id);
  });

  it('refuses a custom_field_id that is taken in the workspace, and takes it in another', async () => {
    await invite({ custom_field_id: 'app-1' });
    await expect(invite({ custom_field_id: 'app-1' })).rejects.toMatchObject({
      faults: [{ path: 'custom_field_id' }],
    });
    const other = world.newWorkspace();
    const theirs = await createInterview(other, { ai_interview_name: 'x' });
    await invite({ ai_interview_id: theirs.ai_interview_id, custom_field_id: 'app-1' }, other);
  });

  it('refuses a time that is over, and an AI interview that is not there', async () => {
    await expect(invite({ expiry_date: '2026-01-01 00:00' })).rejects.toMatchObject({
      faults: [{ path: 'expiry_date' }],
    });
    await expect(
      invite({ start_date: '2030-01-02 00:00', expiry_date: '2030-01-01 00:00' }),
    ).rejects.toMatchObject({
      faults: [{ path: 'expiry_date' }],
    });
    await expect(invite({ ai_interview_id: 'nope' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('happens once for an Idempotency-Key, however often and at once it is repeated', async () => {
    const repeated = { ...context, idempotencyKey: 'k-1' };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => invite({ custom_field_id: 'once' }, repeated)),
    );
    answers.push(await invite({ custom_field_id: 'once' }, repeated));
    expect(new Set(answers.map(({ response_id }) => response_id)).size).toBe(1);
    expect((await listResponses(context, { limit: 100 })).data).toHaveLength(1);
    await expect(invite({ candidate_name: 'Eve' }, repeated)).rejects.toMatchObject({
      faults: [{ path: 'Idempotency-Key' }],
    });
    const elsewhere = { ...world.newWorkspace(), idempotencyKey: 'k-1' };
    await createInterview(elsewhere, { ai_interview_name: 'x' });
  });
});

describe('what happens to a candidate', () => {
  it('is recorded once, with one event each, in whatever way it is repeated', async () => {
    const { response_id } = await invite();
    const started = await Promise.all([1, 2, 3].map(() => recordStart(context, { response_id })));
    expect(started.map(({ invite_status }) => invite_status)).toEqual(['Started', 'Started', 'Started']);
    expect(await outbox(response_id)).toEqual(['ai_interview.start']);

    const [submitted] = await Promise.all([1, 2, 3].map(() => submit(response_id, { score: 80 })));
    expect(submitted).toMatchObject({ invite_status: 'Completed', started_at: started[0]?.started_at });
    expect((await outbox(response_id)).sort()).toEqual(['ai_interview.start', 'ai_interview.submission']);

    world.advance(60_000);
    expect(await submit(response_id, { score: 10 })).toEqual(submitted);
    expect(await recordStart(context, { response_id })).toEqual(submitted);
    expect((await getReport(context, { response_id })).score).toBe(80);
  });

  it('is a start as well when only the submission is told', async () => {
    const { response_id } = await invite();
    const submitted = await submit(response_id);
    expect(submitted.started_at).toBe(submitted.submitted_at);
    expect((await outbox(response_id)).sort()).toEqual(['ai_interview.start', 'ai_interview.submission']);
  });

  it('is in the journal when it is answered again, however soon', async () => {
    const { response_id } = await invite();
    await recordStart(context, { response_id });
    const answers: unknown[] = [];
    const durableWrites = async () => {
      const sent = await commandsDuring(context.database, async () => {
        answers.push(await recordStart(context, { response_id }));
      });
      return sent.filter(isJournaled).map(({ commandName }) => commandName);
    };
    expect(await durableWrites()).toEqual(['update']);
    world.advance(60_000);
    expect(await durableWrites()).toEqual([]);
    const [first, again] = answers;
    expect(again).toEqual(first);
  });

  it('is recorded whole when a start and a submission are told at once', async () => {
    const { response_id } = await invite();
    const told = await Promise.all([
      recordStart(context, { response_id }),
      submit(response_id, { score: 70 }),
      recordStart(context, { response_id }),
    ]);
    expect(told[1].invite_status).toBe('Completed');
    expect(await getResponse(context, { response_id })).toEqual(told[1]);
    expect((await getReport(context, { response_id })).score).toBe(70);
    expect((await outbox(response_id)).sort()).toEqual(['ai_interview.start', 'ai_interview.submission']);
  });

  it('can be submitted late by who started in time, but not started late or early', async () => {
    const late = await invite({ expiry_date: '2026-02-28 12:00' });
    const never = await invite({ expiry_date: '2026-02-28 12:00' });
    const early = await invite({ start_date: '2030-01-01 00:00' });
    await recordStart(context, late);
    await expect(recordStart(context, early)).rejects.toThrow(
      'This invitation begins at 2030-01-01T00:00:00.000Z',
    );
    world.advance(30 * 86_400_000);
    await expect(recordStart(context, never)).rejects.toThrow(
      'This invitation was over at 2026-02-28T12:00:00.000Z',
    );
    await expect(submit(never.response_id)).rejects.toMatchObject({ code: 'conflict' });
    expect(await outbox(never.response_id)).toEqual([]);
    expect((await submit(late.response_id)).invite_status).toBe('Completed');
  });

  it('of another workspace is not there', async () => {
    const { response_id } = await invite();
    const other = world.newWorkspace();
    for (const call of [recordStart, recordSubmission, evaluateResponse, getResponse, getReport]) {
      await expect(call(other, { response_id })).rejects.toMatchObject({ code: 'not-found' });
    }
  });
});

describe('a result', () => {
  it('that is changed is in the audit trail, one that stays is not', async () => {
    const { response_id } = await invite();
    const skills = { must_haves: [{ score: 7, skill_name: 'SQL' }], nice_to_haves: [] };
    await submit(response_id, { score: 80, skill_wise_scores: skills });
    const trail = async () => (await listAudit(context, { limit: 10 })).data;
    await evaluateResponse(context, { response_id, score: 80, skill_wise_scores: skills, report_link: null });
    await evaluateResponse(context, { response_id });
    expect(await trail()).toEqual([]);
    await evaluateResponse(context, { response_id, score: 12 });
    expect(await trail()).toMatchObject([
      {
        action: 'response.evaluated',
        actor: context.actor,
        // Who the candidate is would stay for ever: the trail is never changed.
        target: { type: 'response', id: response_id, name: null },
      },
    ]);
  });

  it('comes with the submission or later, part by part, and sends nothing later', async () => {
    const { response_id } = await invite({ custom_field_id: 'app-2' });
    await expect(evaluateResponse(context, { response_id, score: 1 })).rejects.toMatchObject({
      code: 'conflict',
    });
    await submit(response_id, {
      score: 80,
      recommendation: '$hire',
      candidate_summary: 'Line one\nline two',
    });
    const before = await outbox(response_id);
    await evaluateResponse(context, { response_id, score: null, integrity_score: 97 });
    expect(await outbox(response_id)).toEqual(before);
    expect(await getReport(context, { custom_field_id: 'app-2' })).toMatchObject({
      response_id,
      invite_status: 'Completed',
      completed_date: expect.stringMatching(
        /^[A-Z][a-z]{2} \d{2}, 2026, \d{1,2}:\d{2}:\d{2} [AP]M$/,
      ) as string,
      score: null,
      integrity_score: 97,
      recommendation: '$hire',
      candidate_summary: 'Line one\nline two',
      report_link: null,
    });
    await expect(getReport(context, { custom_field_id: 'nope' })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

it('responses are listed newest first, by AI interview, status and text', async () => {
  const first = await invite({ candidate_name: 'Ada' });
  const second = await invite({ candidate_name: 'Eve', candidate_email: 'eve@example.com' });
  await recordStart(context, first);
  const ids = async (filter: object) =>
    (await listResponses(context, { limit: 10, ...filter })).data.map((r) => r.response_id);
  expect(await ids({})).toEqual([second.response_id, first.response_id]);
  expect(await ids({ invite_status: 'Started' })).toEqual([first.response_id]);
  expect(await ids({ text: 'EVE@' })).toEqual([second.response_id]);
  expect(await ids({ ai_interview_id })).toHaveLength(2);
  expect(await ids({ ai_interview_id: 'nope' })).toEqual([]);
});
