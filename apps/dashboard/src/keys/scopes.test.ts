import { allScopes } from '@interview-webhooks/schema';
import { expect, test } from 'vitest';
import { scopeGroups, scopesSummary } from './scopes.ts';

test('every scope can be chosen, once', () => {
  const offered = scopeGroups.flatMap(({ scopes }) => scopes.map(({ scope }) => scope));
  expect(offered.toSorted()).toEqual(allScopes.toSorted());
});

test('scopes are named one by one where no word covers them', () => {
  expect(scopesSummary(allScopes)).toBe('Everything');
  expect(scopesSummary(['deliveries:read', 'settings:read', 'interviews:read', 'audit:read'])).toBe(
    'Read everything',
  );
  expect(scopesSummary(['settings:read', 'settings:write'])).toBe('settings:read, settings:write');
  expect(scopesSummary(['settings:write', 'interviews:read', 'deliveries:read'])).not.toBe('Read everything');
});
