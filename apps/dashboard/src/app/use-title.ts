import { useEffect } from 'react';
import { isolated } from '../lib/isolated.ts';

/** Names the window after what it shows. */
export function useTitle(name: string): void {
  useEffect(() => {
    document.title = `${isolated(name)} · Interview Webhooks`;
  }, [name]);
}
