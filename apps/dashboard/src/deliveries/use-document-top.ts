import { type RefObject, useLayoutEffect, useState } from 'react';

/** How far below the document's top an element begins, in pixels, whatever comes and goes above it. */
export function useDocumentTop(element: RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = () => {
      const box = element.current?.getBoundingClientRect();
      if (box) setTop(Math.round(box.top + window.scrollY));
    };
    // Something above that grows or shrinks makes the whole document do so.
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    measure();
    return () => {
      observer.disconnect();
    };
  }, [element]);
  return top;
}
