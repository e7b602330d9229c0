import { useSyncExternalStore } from 'react';

/** Room for a panel beside a list, the navigation included. */
const wide = window.matchMedia('(min-width: 80rem)');

function subscribe(listener: () => void): () => void {
  wide.addEventListener('change', listener);
  return () => {
    wide.removeEventListener('change', listener);
  };
}

export function useWide(): boolean {
  return useSyncExternalStore(subscribe, () => wide.matches);
}
