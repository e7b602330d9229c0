import type { Delivery, DeliveryFilter } from '@interview-webhooks/schema';
import { trpc } from '../lib/trpc.ts';
import { useScope } from '../session/session-context.ts';
import type { KnownNames } from './filter-words.ts';

/**
 * Names of what a filter has only the id of.
 *
 * @param sample a delivery that matches; it knows them
 */
export function useKnownNames(filter: DeliveryFilter, sample: Delivery | undefined): KnownNames {
  const { ai_interview_id, response_id } = filter;
  const mayRead = useScope('interviews:read');
  const interview = trpc.interviews.get.useQuery(
    { ai_interview_id: ai_interview_id ?? '' },
    { enabled: mayRead && ai_interview_id !== undefined && !sample },
  );
  const isOfInterview = ai_interview_id !== undefined && sample?.ai_interview_id === ai_interview_id;
  const isOfResponse = response_id !== undefined && sample?.response_id === response_id;
  return {
    interview: isOfInterview ? sample.ai_interview_name : interview.data?.ai_interview_name,
    response: isOfResponse ? sample.candidate_name : undefined,
  };
}
