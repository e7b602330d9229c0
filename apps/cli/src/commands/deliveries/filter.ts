import type { RouterInputs } from '@interview-webhooks/client';
import type { ArgsDef } from 'citty';

export type Filter = NonNullable<RouterInputs['deliveries']['count']>;

/** Every filter of the API. Everything given must hold. */
export const filterArgs = {
  event: { type: 'enum', options: ['start', 'submission'], description: 'What they tell about.' },
  state: {
    type: 'enum',
    options: ['pending', 'delivering', 'delivered', 'failed', 'cancelled'],
    description: 'What has become of them so far.',
  },
  'status-class': {
    type: 'enum',
    options: ['2xx', '3xx', '4xx', '5xx', 'other', 'none'],
    description: 'Of the last attempt; none: it had no answer.',
  },
  interview: { type: 'string', valueHint: 'id', description: 'Of this AI interview.' },
  response: { type: 'string', valueHint: 'id', description: 'Of this response.' },
  from: { type: 'string', valueHint: 'time', description: 'Made then or later: 2026-01-31T12:00:00Z.' },
  to: { type: 'string', valueHint: 'time', description: 'Made before then.' },
  text: {
    type: 'string',
    description: 'Begins a word in the name of the AI interview or the candidate, or in the e-mail address.',
  },
} satisfies ArgsDef;

type FilterOptions = { [Name in keyof typeof filterArgs]?: string };

/** The filter as the API takes it. */
export function filterOf(options: FilterOptions): Filter {
  const { event, interview, response } = options;
  const given = {
    event: event && `ai_interview.${event}`,
    state: options.state,
    status_class: options['status-class'],
    ai_interview_id: interview,
    response_id: response,
    from: options.from,
    to: options.to,
    text: options.text,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
