import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';

/**
 * On another page the focus begins at its title, which is read out; otherwise it would stay where it came from. What
 * opens within a page, or is come back to, says so with `data-arrival`.
 */
export function useFocusOnArrival(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onRendered', ({ fromLocation, pathChanged }) => {
        // The first page has the focus where the browser puts it, and a dialog keeps its own.
        if (!fromLocation || !pathChanged || document.querySelector('dialog[open]')) return;
        const arrival =
          document.querySelector<HTMLElement>('main [data-arrival=opened]') ??
          document.querySelector<HTMLElement>('main [data-arrival=left]') ??
          document.getElementById('page-title');
        arrival?.focus({ preventScroll: true });
      }),
    [router],
  );
}
