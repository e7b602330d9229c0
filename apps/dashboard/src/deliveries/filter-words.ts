import type { DeliveryFilter, DeliveryState, StatusClass } from '@interview-webhooks/schema';
import { isolated } from '../lib/isolated.ts';
import { eventName } from './event-name.ts';

export const stateName: Record<DeliveryState, string> = {
  pending: 'Waiting',
  delivering: 'Sending',
  delivered: 'Delivered',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

export const statusClassName: Record<StatusClass, string> = {
  '2xx': '2xx, received',
  '3xx': '3xx, redirect',
  '4xx': '4xx, refused',
  '5xx': '5xx, receiver’s fault',
  other: 'Any other status',
  none: 'No answer',
};

export interface FilterPart {
  name: keyof DeliveryFilter;
  label: string;
  value: string;
}

/** Names of what a filter has only the id of, where they are known. */
export interface KnownNames {
  interview?: string | undefined;
  response?: string | undefined;
}

const minute = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** What a filter asks for, part by part, in words. Times are the viewer's. */
export function filterParts(filter: DeliveryFilter, known: KnownNames = {}): FilterPart[] {
  const { event, state, status_class, ai_interview_id, response_id, from, to, text } = filter;
  const parts: (FilterPart | false | undefined)[] = [
    state && { name: 'state', label: 'State', value: stateName[state] },
    event && { name: 'event', label: 'Event', value: eventName[event] },
    status_class && { name: 'status_class', label: 'Answer', value: statusClassName[status_class] },
    ai_interview_id !== undefined && {
      name: 'ai_interview_id',
      label: 'AI interview',
      value: isolated(known.interview ?? ai_interview_id),
    },
    response_id !== undefined && {
      name: 'response_id',
      label: 'Response',
      value: isolated(known.response ?? response_id),
    },
    from !== undefined && { name: 'from', label: 'Since', value: minute.format(new Date(from)) },
    to !== undefined && { name: 'to', label: 'Before', value: minute.format(new Date(to)) },
    text !== undefined && { name: 'text', label: 'Text', value: `“${isolated(text)}”` },
  ];
  return parts.filter((part) => part !== false && part !== undefined);
}

/** A filter in one line. */
export function filterInWords(filter: DeliveryFilter, known?: KnownNames): string {
  const parts = filterParts(filter, known).map(({ label, value }) => `${label}: ${value}`);
  return parts.join(' · ') || 'All';
}
