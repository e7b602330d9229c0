import { WebhookEvent } from '@interview-webhooks/schema';
import { expect, it } from 'vitest';
import { type EventInterview, type EventResponse, eventId, webhookEvent } from './webhook-event.ts';

const id = (hex: string) => ({ toHexString: () => hex });

const interview: EventInterview = {
  _id: id('a1'),
  name: 'Backend engineer',
  job: { id: null, title: 'Engineer', externalId: 'REQ-7' },
  metadata: { team: 'core' },
};
const invited: EventResponse = {
  _id: id('b2'),
  candidate: { id: id('c3'), name: 'Ada', email: 'ada@example.com' },
  startedAt: null,
  submittedAt: null,
  result: null,
};
const submitted: EventResponse = {
  ...invited,
  customFieldId: 'ATS-1',
  startedAt: new Date('2026-01-31T12:00:00Z'),
  submittedAt: new Date('2026-01-31T12:30:00Z'),
};

it('a start that is sent after the submission is still a start', () => {
  const event = webhookEvent('ai_interview.start', submitted, interview);
  expect(WebhookEvent.parse(event)).toEqual(event);
  expect(event).toEqual({
    event: 'ai_interview.start',
    event_id: 'evt_b2_start',
    timestamp: '2026-01-31T12:00:00.000Z',
    api_version: expect.any(String) as string,
    test: false,
    ai_interview_id: 'a1',
    ai_interview_name: 'Backend engineer',
    candidate_email: 'ada@example.com',
    candidate_id: 'c3',
    candidate_name: 'Ada',
    response_id: 'b2',
    custom_field_id: 'ATS-1',
    invite_status: 'Started',
    started_at: '2026-01-31T12:00:00.000Z',
    job: { id: null, title: 'Engineer', external_id: 'REQ-7' },
    metadata: { team: 'core' },
  });
});

it('a submission has its own id and time, and each part of the result', () => {
  const event = webhookEvent('ai_interview.submission', submitted, interview);
  expect(WebhookEvent.parse(event)).toEqual(event);
  expect(event).toMatchObject({
    event_id: eventId('b2', 'ai_interview.submission'),
    timestamp: '2026-01-31T12:30:00.000Z',
    submitted_at: '2026-01-31T12:30:00.000Z',
    invite_status: 'Completed',
    score: null,
  });
});

it('what has not happened has no event', () => {
  expect(() => webhookEvent('ai_interview.start', invited, interview)).toThrow('has not happened');
});
