import { ObjectId } from '@interview-webhooks/database';
import { allScopes, type Scope } from '@interview-webhooks/schema';
import { expect, it } from 'vitest';
import { keysFrom, orphanedScopes, type RuledKey, scopesBeyond } from './key-rules.ts';

const key = (scopes: readonly string[], more: Partial<RuledKey> = {}): RuledKey => ({
  _id: new ObjectId(),
  scopes: [...scopes],
  expiresAt: null,
  revokedAt: null,
  ...more,
});
const later = new Date('2999-01-01');

it.each(allScopes)('%s is orphaned without its last holder who can hand it on', (scope) => {
  const last = key(['keys:manage', scope]);
  const others = [
    key(['keys:manage', scope], { expiresAt: later }),
    key(['keys:manage', scope], { revokedAt: new Date(0) }),
    ...(scope === 'keys:manage' || scope === 'audit:read' ? [] : [key([scope]), key(['keys:manage'])]),
  ];
  expect(orphanedScopes([last, ...others], [last])).toContain(scope);
  expect(orphanedScopes([last, ...others, key(['keys:manage', scope])], [last])).toEqual([]);
  expect(orphanedScopes([last, ...others], others.slice(0, 2))).toEqual([]);
});

it('a scope of a newer version is kept as well, and one that nobody can hand on takes nobody along', () => {
  const newer = key(['keys:manage', 'reports:read']);
  expect(orphanedScopes([newer, key(allScopes)], [newer])).toEqual(['reports:read']);
  const expiring = key(allScopes, { expiresAt: later });
  expect(orphanedScopes([expiring], [expiring])).toEqual([]);
});

it('a key is beyond one that lacks any of its scopes; managing keys brings reading the trail along', () => {
  const held: Scope[] = ['keys:manage', 'audit:read'];
  expect(scopesBeyond(held, [key(['keys:manage'])])).toEqual([]);
  expect(scopesBeyond(held, [key(['settings:read']), key(['settings:read', 'settings:write'])])).toEqual([
    'settings:read',
    'settings:write',
  ]);
});

it('what comes from a key is found by way of revoked ones, and a circle comes to an end', () => {
  const by = ({ _id }: RuledKey): Partial<RuledKey> => ({
    createdBy: { type: 'dashboard', id: _id.toHexString(), name: 'x' },
  });
  const root = key([]);
  const child = key([], { ...by(root), revokedAt: new Date(0) });
  const grandchild = key([], by(child));
  const stranger = key([], by(key([])));
  const keys = [root, child, grandchild, stranger];
  expect(keysFrom(root._id.toHexString(), keys)).toEqual([child, grandchild]);
  expect(keysFrom(root._id.toHexString(), [{ ...root, ...by(grandchild) }, child, grandchild])).toHaveLength(
    2,
  );
});
