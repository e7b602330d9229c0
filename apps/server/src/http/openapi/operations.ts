import type { RestRouteName } from '../rest-routes.ts';
import type { Refusal } from './problem-responses.ts';

/** What the table of routes and the schemas do not say about an operation. */
export interface Operation {
  summary: string;
  description?: string;
  /** What its use case refuses besides a bad input. */
  refusals?: readonly Refusal[];
  /** Sent for real by `openapi.test.ts`: a body, or the parameters of the query. Ids stand for ids of the sender's own. */
  example?: Record<string, unknown>;
  /** Where one procedure has two routes, the name of this one. */
  id?: string;
}

/** The id in examples; a caller puts one of its own in its place. */
export const EXAMPLE_ID = '6a61f0c2e4b0a1d2c3f4a5b6';

const result = {
  score: 82,
  recommendation: 'Strong hire',
  candidate_summary: 'Explains trade-offs clearly.',
  skill_wise_scores: { must_haves: [{ score: 85, skill_name: 'TypeScript' }], nice_to_haves: [] },
};

/** Every operation by its route: one that is missing is a compile error. */
export const operations: Readonly<Record<RestRouteName, Operation>> = {
  'GET /ai-interviews/settings/webhooks': { summary: 'The global webhook settings' },
  'POST /ai-interviews/settings/webhooks': {
    summary: 'Change the global webhook settings',
    description:
      'What is left out stays as it is. `updateAll` makes these parts the settings of every existing AI interview.',
    refusals: ['conflict'],
    example: {
      webhooks: {
        start: { status: true, url: 'https://example.com/webhook/start' },
        submission: { status: true, url: 'https://example.com/webhook/submission' },
        auth: { type: 'basic', basic: { username: 'user', password: 'pass' } },
      },
      updateAll: true,
    },
  },
  'GET /ai-interviews/settings/webhooks/:ai_interview_id': {
    summary: 'The webhook settings in effect for one AI interview',
    refusals: ['not-found'],
  },
  'PUT /ai-interviews/settings/webhooks/:ai_interview_id': {
    summary: 'Change the webhook settings of one AI interview',
    description: 'Each part in the request becomes its own, until that part is next applied to all.',
    refusals: ['not-found', 'conflict'],
    example: { webhooks: { start: { status: true, url: 'https://example.com/webhook/backend' } } },
  },
  'POST /ai-interviews/settings/webhooks/test': {
    summary: 'Send a sample webhook',
    description:
      "To what is stored, or to what is given and not stored yet; answers with the whole attempt. The stored credential goes to the stored URLs' origins only: to test another origin with a credential, give it in `auth`.",
    refusals: ['conflict'],
    example: { event: 'start' },
  },
  'GET /ai-interviews/settings/webhooks/secret': { summary: 'The secret that webhooks are signed with' },
  'POST /ai-interviews/settings/webhooks/secret/rotate': {
    summary: 'Make a new signing secret',
    description:
      'The old one goes on signing beside it for a while; the answer says until when. At most five sign at a time: another rotation ends the oldest.',
    example: { overlap_hours: 48 },
  },
  'GET /ai-interviews': {
    summary: 'AI interviews, newest first',
    example: { text: 'backend', limit: 10 },
  },
  'POST /ai-interviews': {
    summary: 'Set up an AI interview',
    example: {
      ai_interview_name: 'Backend engineer',
      job: { title: 'Backend engineer', external_id: 'REQ-7' },
      metadata: { office: 'Utrecht' },
    },
  },
  'GET /ai-interviews/:ai_interview_id': {
    summary: 'One AI interview, with the webhook settings in effect for it',
    refusals: ['not-found'],
  },
  'POST /ai-interviews/invite': {
    summary: 'Invite a candidate',
    refusals: ['not-found', 'conflict'],
    example: {
      ai_interview_id: EXAMPLE_ID,
      candidate_name: 'Ada Example',
      candidate_email: 'ada@example.com',
      custom_field_id: 'application-4711',
    },
  },
  'GET /ai-interviews/responses': {
    summary: 'Candidates’ responses, newest first',
    example: { invite_status: 'Invited' },
  },
  'GET /ai-interviews/responses/:response_id': { summary: 'One response', refusals: ['not-found'] },
  'POST /ai-interviews/responses/:response_id/start': {
    summary: 'Record that the candidate started',
    description: 'Recorded again, it answers the same and sends nothing again.',
    refusals: ['not-found', 'conflict'],
  },
  'POST /ai-interviews/responses/:response_id/submission': {
    summary: 'Record that the candidate submitted, with the result if it is known',
    description: 'Recorded again, it answers the same and changes nothing.',
    refusals: ['not-found', 'conflict'],
    example: result,
  },
  'POST /ai-interviews/responses/:response_id/evaluation': {
    summary: 'Add to the result of a submitted response, or correct it',
    refusals: ['not-found', 'conflict'],
    example: { score: 84, report_link: 'https://example.com/reports/1' },
  },
  'GET /ai-interviews/webhooks/overview': {
    summary: 'Figures, what waits, what fails or is off',
    example: { range: '7d', utc_offset_minutes: 60 },
  },
  'GET /ai-interviews/webhooks/deliveries': {
    summary: 'Deliveries that match, newest first',
    example: { state: 'failed', status_class: '5xx', from: '2026-11-23T00:00:00Z' },
  },
  'GET /ai-interviews/webhooks/deliveries/:delivery_id': {
    summary: 'One delivery, with every attempt',
    refusals: ['not-found'],
  },
  'POST /ai-interviews/webhooks/deliveries/:delivery_id/redeliver': {
    summary: 'Send one delivery again',
    refusals: ['not-found', 'conflict'],
  },
  'POST /ai-interviews/webhooks/deliveries/:delivery_id/cancel': {
    summary: 'Stop trying to deliver',
    refusals: ['not-found', 'conflict'],
  },
  'GET /ai-interviews/webhooks/redeliveries': { summary: 'Redeliveries of many, newest first' },
  'POST /ai-interviews/webhooks/redeliveries': {
    summary: 'Send all deliveries again that match',
    refusals: ['conflict'],
    example: { state: 'failed', from: '2026-11-23T00:00:00Z' },
  },
  'GET /ai-interviews/webhooks/redeliveries/:redelivery_id': {
    summary: 'How far a redelivery has come',
    refusals: ['not-found'],
  },
  'DELETE /ai-interviews/webhooks/redeliveries/:redelivery_id': {
    summary: 'Stop a redelivery',
    refusals: ['not-found', 'conflict'],
  },
  'GET /ai-interviews/audit': {
    summary: 'Who did what, newest first',
    description: 'What was done to keys, settings, signing secrets, deliveries and sessions. Kept for good.',
    example: { action: 'settings.updated', from: '2026-11-23T00:00:00Z' },
  },
  'GET /ai-interviews/report': {
    summary: 'The report on a response, by either id',
    refusals: ['not-found'],
    example: { custom_field_id: 'application-4711' },
  },
  'GET /ai-interviews/report/:response_id': {
    summary: 'The report on a response',
    refusals: ['not-found'],
    id: 'responses.reportById',
  },
};
