import { expect, it } from 'vitest';
import { jsonByteLength } from '../byte-length.ts';
import { SubmitResponse } from '../responses/responses.ts';
import { exampleEvents, MAX_PAYLOAD_BYTES, type SubmissionEvent, WebhookEvent } from './events.ts';

it.each(['start', 'submission'] as const)('the documented %s is an event', (part) => {
  const example = exampleEvents[part];
  expect(WebhookEvent.parse(example)).toEqual(example);
});

it('the largest event that can be recorded fits into a payload', () => {
  const wide = (characters: number) => '語'.repeat(characters);
  const result = { candidate_summary: wide(3_700), response_id: 'x' };
  expect(SubmitResponse.safeParse(result).success).toBe(true);
  expect(SubmitResponse.safeParse({ ...result, candidate_summary: wide(3_800) }).success).toBe(false);
  const largest: SubmissionEvent = {
    ...exampleEvents.submission,
    ai_interview_name: wide(200),
    candidate_name: wide(200),
    candidate_email: `${'a'.repeat(240)}@example.com`,
    custom_field_id: wide(200),
    job: { id: wide(200), title: wide(200), external_id: wide(200) },
    metadata: Object.fromEntries(Array.from({ length: 4 }, (_, index) => [`k${index}`, 'v'.repeat(1000)])),
    candidate_summary: wide(3_750),
  };
  expect(jsonByteLength(largest)).toBeLessThanOrEqual(MAX_PAYLOAD_BYTES);
});
