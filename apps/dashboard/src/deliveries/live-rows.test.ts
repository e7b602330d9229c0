import type { Delivery } from '@interview-webhooks/schema';
import { expect, test } from 'vitest';
import { shownRows, withDelivery, withFirstPage } from './live-rows.ts';

/** A delivery that happened at second `at`. */
function delivery(at: number, state: Delivery['state'] = 'delivered'): Delivery {
  return {
    delivery_id: `evt_${at}`,
    event: 'ai_interview.start',
    state,
    reason: null,
    ai_interview_id: 'i',
    ai_interview_name: 'Interview',
    response_id: 'r',
    candidate_name: 'Ada',
    candidate_email: 'ada@example.com',
    attempts: 1,
    last_status: 200,
    last_error: null,
    next_attempt_at: null,
    created_at: new Date(at * 1000).toISOString(),
    finished_at: null,
  };
}

const page = (ats: number[], next_cursor: string | null) => ({
  data: ats.map((at) => delivery(at)),
  next_cursor,
});
const times = (rows: readonly Delivery[]) => rows.map(({ created_at }) => Date.parse(created_at) / 1000);
const loaded = [page([50, 40, 30], 'a'), page([20, 10], null)];

test('new ones come first, and what is older stays', () => {
  const pages = withFirstPage(loaded, page([60, 50, 40], 'x'));
  expect(pages.map(({ data }) => times(data))).toEqual([
    [60, 50, 40, 30],
    [20, 10],
  ]);
  expect(pages.map(({ next_cursor }) => next_cursor)).toEqual(['a', null]);
});

test('what does not match any more goes, and what changed is what it is now', () => {
  const first = { data: [delivery(50, 'failed'), delivery(30)], next_cursor: 'x' };
  const [one, two] = withFirstPage(loaded, first);
  expect(times(one?.data ?? [])).toEqual([50, 30]);
  expect(one?.data[0]?.state).toBe('failed');
  expect(times(two?.data ?? [])).toEqual([20, 10]);
});

test('a first page that does not reach what was loaded begins anew', () => {
  const first = page([90, 80, 70], 'x');
  expect(withFirstPage(loaded, first)).toEqual([first]);
});

test('a first page that is all there is, is all there is', () => {
  const first = page([50], null);
  expect(withFirstPage(loaded, first)).toEqual([first]);
  expect(withFirstPage([], page([], null))).toEqual([page([], null)]);
});

test('an empty first page that goes on says nothing of what is further back', () => {
  expect(withFirstPage(loaded, page([], 'x'))).toEqual(loaded);
});

test('two of one millisecond are told apart by their ids', () => {
  const twin = { ...delivery(50), delivery_id: 'evt_49' };
  const pages = withFirstPage([{ data: [delivery(50), twin], next_cursor: null }], page([60, 50], 'x'));
  expect(pages[0]?.data.map(({ delivery_id }) => delivery_id)).toEqual(['evt_60', 'evt_50', 'evt_49']);
});

test('one delivery is replaced where it is', () => {
  const [one, two] = withDelivery(loaded, delivery(20, 'pending'));
  expect(one).toEqual(loaded[0]);
  expect(two?.data.map(({ state }) => state)).toEqual(['pending', 'delivered']);
});

test('while somebody reads, rows keep their places', () => {
  const held = [delivery(50), delivery(40)];
  const { rows, fresh } = shownRows([delivery(70), delivery(60), delivery(50, 'failed'), delivery(30)], held);
  // 40 does not match any more; it goes when the reading ends.
  expect(times(rows)).toEqual([50, 40, 30]);
  expect(rows[0]?.state).toBe('failed');
  expect(fresh).toBe(2);
  expect(times(shownRows([delivery(70)], null).rows)).toEqual([70]);
  expect(shownRows([delivery(70)], [])).toMatchObject({ fresh: 0 });
});
