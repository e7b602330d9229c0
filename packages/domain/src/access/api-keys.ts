import type { ApiKeyDocument } from '@interview-webhooks/database';
import { hashToken, newToken } from './secret-token.ts';

const PREFIX = 'iwk';
const SHOWN_CHARACTERS = 12;

export function newApiKey(): string {
  return newToken(PREFIX);
}

/** What is stored of an API key: enough to check and to recognise it, not to use it. */
export function storedKey(apiKey: string): Pick<ApiKeyDocument, 'hash' | 'prefix'> {
  // A short key chosen by hand must not be given away by its prefix.
  const shown = Math.min(SHOWN_CHARACTERS, Math.floor(apiKey.length / 3));
  return { hash: hashToken(apiKey), prefix: apiKey.slice(0, shown) };
}
