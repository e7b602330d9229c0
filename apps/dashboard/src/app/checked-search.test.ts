import { InviteStatus } from '@interview-webhooks/schema';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { checkedSearch } from './checked-search.ts';
import { named, parseSearch, stringifySearch } from './search-params.ts';

const Search = z.object({ text: z.string().max(5), status: InviteStatus }).partial();
const opened = (search: string) =>
  checkedSearch(Search, named<z.infer<typeof Search>>('text', 'status')(parseSearch(search)));

test('parameters are what the address says, as text', () => {
  expect(opened('?text=42&status=Started')).toEqual({ text: '42', status: 'Started' });
});

test('what is wrong, empty or unknown is left out, and the rest stays', () => {
  expect(opened('?text=42&status=started')).toEqual({ text: '42' });
  expect(opened('?text=longer+than+five&status=Invited&utm_source=x')).toEqual({ status: 'Invited' });
  expect(opened('?text=')).toEqual({});
});

test('an address can be read back', () => {
  expect(stringifySearch({ text: 'a&b=c ü', status: undefined })).toBe('?text=a%26b%3Dc+%C3%BC');
  expect(parseSearch('?text=a%26b%3Dc+%C3%BC')).toEqual({ text: 'a&b=c ü' });
  expect(stringifySearch({})).toBe('');
});
