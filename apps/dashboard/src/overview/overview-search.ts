import { OverviewRange } from '@interview-webhooks/schema';
import { z } from 'zod';
import { searchParams } from '../app/search-params.ts';

/** What the overview's address says: how far back, and whether the figures stand in a table. */
export const overviewSearch = searchParams({ range: OverviewRange, view: z.literal('table') });

export const DEFAULT_RANGE: OverviewRange = '24h';
