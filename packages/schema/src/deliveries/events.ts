import { z } from 'zod';
import { JobView, MetadataView } from '../interviews.ts';
import { Report } from '../responses/report.ts';
import { InviteStatus } from '../responses/responses.ts';

/** The two things a webhook tells about; the setting's part has the short name. */
export const EventType = z.enum(['ai_interview.start', 'ai_interview.submission']);
export type EventType = z.infer<typeof EventType>;

/** The version of the payload's shape. New fields may come within a version; none is renamed or removed. */
export const API_VERSION = '2026-11-01';

export const MAX_PAYLOAD_BYTES = 20_480;

const common = {
  // The vendor family's flat keys first, so that its receivers find what they know.
  ai_interview_id: z.string(),
  ai_interview_name: z.string(),
  candidate_email: z.string(),
  candidate_id: z.string(),
  candidate_name: z.string(),
  invite_status: InviteStatus,
  response_id: z.string(),
  event_id: z.string().meta({ description: 'The same over all attempts; also in the header webhook-id.' }),
  timestamp: z.iso.datetime().meta({ description: 'When the event happened, not when it was sent.' }),
  api_version: z.literal(API_VERSION),
  test: z
    .boolean()
    .meta({ description: 'true: somebody tried the webhook; nothing happened to a candidate.' }),
  custom_field_id: z.string().nullable(),
  started_at: z.iso.datetime().nullable(),
  job: JobView.nullable(),
  metadata: MetadataView.nullable(),
};

const exampleOfBoth = {
  ai_interview_id: '6a61f0c2e4b0a1d2c3f4a5b6',
  ai_interview_name: 'Backend engineer',
  candidate_email: 'ada@example.com',
  candidate_id: '6a61f0c2e4b0a1d2c3f4a5b7',
  candidate_name: 'Ada Example',
  response_id: '6a61f0c2e4b0a1d2c3f4a5b8',
  api_version: API_VERSION,
  test: false,
  custom_field_id: 'application-4711',
  started_at: '2026-11-23T09:30:00.000Z',
  job: { id: null, title: 'Backend engineer', external_id: 'REQ-7' },
  metadata: { office: 'Utrecht' },
} as const;

const StartShape = z.object({ ...common, event: z.literal('ai_interview.start') });

const {
  score,
  integrity_score,
  recommendation,
  candidate_summary,
  skill_wise_scores,
  interview_recording,
  report_link,
  pdf_link,
} = Report.shape;

const SubmissionShape = z.object({
  ...common,
  event: z.literal('ai_interview.submission'),
  submitted_at: z.iso.datetime(),
  completed_date: z.string(),
  score,
  integrity_score,
  recommendation,
  candidate_summary,
  skill_wise_scores,
  interview_recording,
  report_link,
  pdf_link,
});

/** The documented bodies; a test sends one of them. */
export const exampleEvents: {
  start: z.infer<typeof StartShape>;
  submission: z.infer<typeof SubmissionShape>;
} = {
  start: {
    ...exampleOfBoth,
    event: 'ai_interview.start',
    event_id: 'evt_6a61f0c2e4b0a1d2c3f4a5b8_start',
    timestamp: '2026-11-23T09:30:00.000Z',
    invite_status: 'Started',
  },
  submission: {
    ...exampleOfBoth,
    event: 'ai_interview.submission',
    event_id: 'evt_6a61f0c2e4b0a1d2c3f4a5b8_submission',
    timestamp: '2026-11-23T10:05:12.000Z',
    invite_status: 'Completed',
    submitted_at: '2026-11-23T10:05:12.000Z',
    completed_date: 'Nov 23, 2026, 10:05:12 AM',
    score: 82,
    integrity_score: 97,
    recommendation: 'Strong hire',
    candidate_summary: 'Explains trade-offs clearly.',
    skill_wise_scores: { must_haves: [{ score: 85, skill_name: 'TypeScript' }], nice_to_haves: [] },
    interview_recording: { '0': 'https://example.com/recordings/1' },
    report_link: 'https://example.com/reports/1',
    pdf_link: null,
  },
};

/** What is sent when a candidate starts. */
export const StartEvent = StartShape.meta({ examples: [exampleEvents.start] });
export type StartEvent = z.infer<typeof StartEvent>;

/** What is sent when a candidate submits. */
export const SubmissionEvent = SubmissionShape.meta({ examples: [exampleEvents.submission] });
export type SubmissionEvent = z.infer<typeof SubmissionEvent>;

/** The body of every webhook. */
export const WebhookEvent = z.discriminatedUnion('event', [StartEvent, SubmissionEvent]);
export type WebhookEvent = z.infer<typeof WebhookEvent>;
