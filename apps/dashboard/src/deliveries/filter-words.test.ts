import { DeliveryFilter } from '@interview-webhooks/schema';
import { expect, test } from 'vitest';
import { filterInWords, filterParts } from './filter-words.ts';

const everything: Required<DeliveryFilter> = {
  event: 'ai_interview.submission',
  state: 'failed',
  status_class: '5xx',
  ai_interview_id: 'i-1',
  response_id: 'r-1',
  from: '2026-03-31T12:00:00Z',
  to: '2026-04-01T12:00:00Z',
  text: 'ada',
};

test('every part of a filter is named', () => {
  const names = filterParts(everything).map(({ name }) => name);
  expect(names.toSorted()).toEqual(Object.keys(DeliveryFilter.shape).toSorted());
});

test('ids are names where these are known', () => {
  expect(filterInWords({ state: 'failed', ai_interview_id: 'i-1' }, { interview: 'Backend' })).toBe(
    'State: Failed · AI interview: Backend',
  );
  expect(filterInWords({ response_id: 'r-1', text: 'ada' })).toBe('Response: r-1 · Text: “ada”');
  expect(filterInWords({})).toBe('All');
});
