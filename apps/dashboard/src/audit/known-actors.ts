import { type Actor, SYSTEM_ACTOR } from '@interview-webhooks/schema';
import { isolated } from '../lib/isolated.ts';

/**
 * Whom the trail can be narrowed to, by name: API keys that are known, whoever is on the page, and the system. A key that
 * only the address names has no name here.
 */
export function knownActors(
  keys: readonly { api_key_id: string; name: string }[],
  shown: readonly Actor[],
  chosen: string | undefined,
): { value: string; label: string }[] {
  const names = new Map<string, string>();
  if (chosen !== undefined && chosen !== SYSTEM_ACTOR) names.set(chosen, 'One API key');
  for (const { id, name } of shown) if (id !== null) names.set(id, name);
  for (const { api_key_id, name } of keys) names.set(api_key_id, name);
  const people = [...names].map(([value, label]) => ({ value, label: isolated(label) }));
  people.sort((one, other) => one.label.localeCompare(other.label, 'en'));
  return [...people, { value: SYSTEM_ACTOR, label: 'The system' }];
}
