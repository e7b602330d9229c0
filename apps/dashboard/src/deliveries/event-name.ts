import type { EventType } from '@interview-webhooks/schema';

/** What people call an event: the name of its webhook in the settings. */
export const eventName: Record<EventType, string> = {
  'ai_interview.start': 'Start',
  'ai_interview.submission': 'Submission',
};
