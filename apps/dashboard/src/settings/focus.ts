/** Once what was just changed is on the screen. */
export function focusLater(focus: () => void): void {
  // The first frame may come before React has rendered.
  requestAnimationFrame(() => requestAnimationFrame(focus));
}

/**
 * Remembers what has the focus now. The function it returns gives it back where it got lost on the way,
 * because what had it was disabled or is gone; then the page's title gets it.
 */
export function keepFocus(): () => void {
  const { activeElement } = document;
  return () => {
    focusLater(() => {
      const candidates = [activeElement, document.getElementById('page-title')];
      for (const candidate of candidates) {
        if (document.activeElement !== document.body) return;
        if (candidate instanceof HTMLElement && candidate.isConnected)
          candidate.focus({ preventScroll: true });
      }
    });
  };
}
