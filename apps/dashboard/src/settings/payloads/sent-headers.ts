import { exampleEvents, type WebhookSettingsView } from '@interview-webhooks/schema';

export interface SentHeader {
  name: string;
  value: string;
  about?: string;
}

const MASK = '••••••';

/** The headers of every webhook, with the configured auth where it is known. */
export function sentHeaders(auth?: WebhookSettingsView['webhooks']['auth']): readonly SentHeader[] {
  return [
    { name: 'accept', value: '*/*' },
    { name: 'content-type', value: 'application/json' },
    {
      name: 'webhook-id',
      value: exampleEvents.start.event_id,
      about: 'The same on every attempt: drop repeats by it. Also the event_id of the body.',
    },
    {
      name: 'webhook-timestamp',
      value: String(Date.parse(exampleEvents.start.timestamp) / 1000),
      about: 'Seconds since 1970, when this attempt was made. Refuse what is older than five minutes.',
    },
    {
      name: 'webhook-signature',
      value: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
      about: 'One or more, separated by spaces, over id, timestamp and body.',
    },
    { name: 'webhook-attempt', value: '1', about: 'Counts the attempts.' },
    ...authHeader(auth),
  ];
}

function authHeader(auth?: WebhookSettingsView['webhooks']['auth']): SentHeader[] {
  switch (auth?.type) {
    case 'basic':
      return [{ name: 'authorization', value: `Basic ${MASK}`, about: `As ${auth.basic.username ?? ''}.` }];
    case 'apikey':
      return [
        {
          name: (auth.apikey.header ?? '').toLowerCase(),
          value: MASK,
          about: 'The API key of the settings.',
        },
      ];
    case null:
    case undefined:
      return [];
  }
}
