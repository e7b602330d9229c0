import type { RouterOutputs } from '@interview-webhooks/client';
import { moment } from '../../terminal/moment.ts';
import { plainText } from '../../terminal/plain-text.ts';

type ApiKey = RouterOutputs['apiKeys']['list']['data'][number];

/** A key for people; the key itself is not known here. */
export function keyFacts(key: ApiKey): Record<string, string> {
  return {
    Id: key.api_key_id,
    Name: plainText(key.name),
    Begins: plainText(key.prefix),
    Scopes: key.scopes.join(' '),
    Created: moment(key.created_at),
    By: plainText(key.created_by?.name ?? '-'),
    Expires: moment(key.expires_at),
    'Last used': moment(key.last_used_at),
    Revoked: moment(key.revoked_at),
  };
}
