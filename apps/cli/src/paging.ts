import { UsageError } from './failure.ts';

export const pageArgs = {
  limit: { type: 'string', valueHint: 'n', description: 'Entries a page, at most 100. Otherwise 25.' },
  cursor: { type: 'string', valueHint: 'cursor', description: 'Goes on after a page: its next_cursor.' },
  all: { type: 'boolean', description: 'Every page from there on.' },
} as const;

interface PageArgs {
  limit?: string;
  cursor?: string;
  all?: boolean;
}

interface Page<Entry> {
  data: Entry[];
  next_cursor: string | null;
}

/** One page as it is asked for, or all of them put together. */
export async function readPages<Entry>(
  { limit, cursor, all }: PageArgs,
  read: (page: { limit?: number; cursor?: string }) => Promise<Page<Entry>>,
): Promise<Page<Entry>> {
  const size = limit === undefined ? (all ? { limit: 100 } : {}) : { limit: wholeNumber('--limit', limit) };
  let page = await read({ ...size, ...(cursor !== undefined && { cursor }) });
  const data = [...page.data];
  while (all && page.next_cursor !== null) {
    page = await read({ ...size, cursor: page.next_cursor });
    data.push(...page.data);
  }
  return { data, next_cursor: page.next_cursor };
}

/** The line below a list that does not end there. */
export function moreLine({ next_cursor }: Page<unknown>): string[] {
  return next_cursor === null ? [] : [`More: --cursor ${next_cursor}`];
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new UsageError(`${option} must be a whole number, not "${text}".`);
  return Number(text);
}
