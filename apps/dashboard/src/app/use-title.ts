import { useEffect } from 'react';

/** Names the window after what it shows. */
export function useTitle(name: string): void {
  useEffect(() => {
    document.title = `${name} · Interview Webhooks`;
  }, [name]);
}
