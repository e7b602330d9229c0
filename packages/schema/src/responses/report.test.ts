import { expect, it } from 'vitest';
import { completedDate } from './report.ts';
import { gmtMinute } from './responses.ts';

it.each([
  ['2025-07-05T04:42:45Z', 'Jul 05, 2025, 4:42:45 AM'],
  ['2026-12-31T00:00:00Z', 'Dec 31, 2026, 12:00:00 AM'],
  ['2026-01-01T12:05:09Z', 'Jan 01, 2026, 12:05:09 PM'],
])('%s is completed_date %s', (iso, text) => {
  expect(completedDate(new Date(iso))).toBe(text);
});

it('a minute in GMT is read exactly, and no other text is', () => {
  expect(gmtMinute('2026-01-31 09:30')?.toISOString()).toBe('2026-01-31T09:30:00.000Z');
  for (const text of [
    '2026-02-30 09:30',
    '2026-01-31',
    '2026-01-31T09:30',
    '2026-01-31 24:30',
    ' 2026-01-31 09:30',
  ]) {
    expect(gmtMinute(text)).toBeUndefined();
  }
});
