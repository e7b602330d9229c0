import { DeliveryFilter } from '@interview-webhooks/schema';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { checkedSearch } from '../app/checked-search.ts';
import { given } from '../app/search-params.ts';

/** The list's filter, which is in the address. */
export function useDeliveryFilter(): DeliveryFilter {
  const search = useSearch({ from: '/deliveries' });
  return useMemo(() => checkedSearch(DeliveryFilter, search), [search]);
}

/** Changes a part of the filter; what is undefined or empty goes. The delivery that is open stays open. */
export function useFilterChange() {
  const navigate = useNavigate();
  return (change: DeliveryFilter, { replace = false } = {}) =>
    void navigate({
      to: '.',
      // Without what is not valid: it counts as left out.
      search: (now) => given({ ...checkedSearch(DeliveryFilter, now), ...change }),
      replace,
    });
}

/** Drops the whole filter. */
export function useClearFilter() {
  const navigate = useNavigate();
  return () => void navigate({ to: '.', search: {} });
}

export function isFiltered(filter: DeliveryFilter): boolean {
  return Object.keys(filter).length > 0;
}
