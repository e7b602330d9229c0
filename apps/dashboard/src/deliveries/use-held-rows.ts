import type { Delivery } from '@interview-webhooks/schema';
import { type RefObject, useEffect, useState } from 'react';
import { type ShownRows, shownRows } from './live-rows.ts';

/**
 * Keeps rows in their places while somebody reads: from when the list's top has been scrolled away, or a row has the
 * focus by the keyboard, until neither is so.
 *
 * @param top an element at the top of the list
 */
export function useHeldRows(loaded: Delivery[], top: RefObject<HTMLElement | null>) {
  const [scrolled, setScrolled] = useState(false);
  const [focused, setFocused] = useState(false);
  const [held, setHeld] = useState<Delivery[] | null>(null);
  const reading = scrolled || focused;
  if (reading && !held && loaded.length > 0) setHeld(loaded);
  if (!reading && held) setHeld(null);
  useEffect(() => {
    const element = top.current;
    if (!element) return undefined;
    const observer = new IntersectionObserver(([entry]) => {
      // What is below the window has not been scrolled away.
      if (entry) setScrolled(!entry.isIntersecting && entry.boundingClientRect.top < 0);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, [top]);
  const shown: ShownRows = shownRows(loaded, held);
  return {
    ...shown,
    setFocused,
    /** Shows what waited. */
    release: () => {
      setHeld(null);
    },
  };
}
