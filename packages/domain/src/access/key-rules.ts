import type { ApiKeyDocument } from '@interview-webhooks/database';
import type { Scope } from '@interview-webhooks/schema';
import { scopesOf } from './api-key-view.ts';

/** What the rules for API keys look at. */
export type RuledKey = Pick<ApiKeyDocument, '_id' | 'scopes' | 'expiresAt' | 'revokedAt' | 'createdBy'>;

/**
 * The scopes that nobody could hand on any more if `ending` ended. A scope can be handed on by a key that holds it
 * together with `keys:manage`. Keys that expire do not count: sooner or later nobody would be left.
 *
 * @param keys at least those of the workspace that can manage keys
 * @returns nothing for a scope that nobody can hand on as it is
 */
export function orphanedScopes(keys: readonly RuledKey[], ending: readonly RuledKey[]): string[] {
  const ends = new Set(ending.map(idOf));
  const holders = keys.filter(isHolder);
  const left = new Set(holders.filter((key) => !ends.has(idOf(key))).flatMap(allScopesOf));
  return [...new Set(holders.flatMap(allScopesOf))].filter((scope) => !left.has(scope));
}

function isHolder(key: RuledKey): boolean {
  return key.revokedAt === null && key.expiresAt === null && key.scopes.includes('keys:manage');
}

/** Those that only a newer version knows, too: while both run, it must not lose its last holder here. */
function allScopesOf(key: RuledKey): string[] {
  return [...key.scopes, ...scopesOf(key)];
}

/** The scopes of `keys` that `held` lacks: who lacks one may neither hand it on nor take it away. */
export function scopesBeyond(held: readonly Scope[], keys: readonly RuledKey[]): Scope[] {
  return [...new Set(keys.flatMap(scopesOf))].filter((scope) => !held.includes(scope));
}

/** The keys that `id` created, those that they created, and so on; also by way of keys that are over. */
export function keysFrom<Key extends RuledKey>(id: string, keys: readonly Key[]): Key[] {
  const byCreator = new Map<string, Key[]>();
  for (const key of keys) {
    const creator = key.createdBy?.id;
    if (creator) byCreator.set(creator, [...(byCreator.get(creator) ?? []), key]);
  }
  const found = new Map<string, Key>();
  const open = [id];
  for (let creator = open.pop(); creator !== undefined; creator = open.pop()) {
    for (const key of byCreator.get(creator) ?? []) {
      if (idOf(key) === id || found.has(idOf(key))) continue;
      found.set(idOf(key), key);
      open.push(idOf(key));
    }
  }
  return [...found.values()];
}

function idOf({ _id }: RuledKey): string {
  return _id.toHexString();
}
