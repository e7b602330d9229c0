import { OverviewRange } from '@interview-webhooks/schema';
import { useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { z } from 'zod';
import { checkedSearch } from '../app/checked-search.ts';

const OverviewSearch = z.object({ range: OverviewRange.optional(), view: z.literal('table').optional() });
export type OverviewSearch = z.infer<typeof OverviewSearch>;

export const DEFAULT_RANGE: OverviewRange = '24h';

/** What the overview's address says: how far back, and whether the figures stand in a table. */
export function useOverviewSearch(): { range: OverviewRange; view: 'chart' | 'table' } {
  const search = useSearch({ from: '/overview' });
  return useMemo(() => {
    const { range = DEFAULT_RANGE, view = 'chart' } = checkedSearch(OverviewSearch, search);
    return { range, view };
  }, [search]);
}
