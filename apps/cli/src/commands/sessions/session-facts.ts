import type { RouterOutputs } from '@interview-webhooks/client';
import { moment } from '../../terminal/moment.ts';
import { plainText } from '../../terminal/plain-text.ts';

type OpenSession = RouterOutputs['sessions']['list']['data'][number];

/** A session for people. The browser comes last: what it calls itself is long. */
export function sessionFacts(session: OpenSession): Record<string, string> {
  return {
    Id: session.session_id,
    Key: plainText(session.api_key.name),
    Begins: plainText(session.api_key.prefix),
    Address: plainText(session.address ?? '-'),
    Started: moment(session.created_at),
    'Last seen': moment(session.last_seen_at),
    Browser: plainText(session.user_agent ?? '-'),
  };
}
