/** How long after something that a person did the page counts as looked at. */
const ATTENDED_MS = 60_000;
const deeds = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove'] as const;

/** Opening the page is something that a person does. */
let lastDeedAt = Date.now();

for (const deed of deeds) {
  window.addEventListener(
    deed,
    () => {
      lastDeedAt = Date.now();
    },
    { capture: true, passive: true },
  );
}

/**
 * The header that says that a page asks by itself, as lists do that renew themselves: what nobody looks at keeps no session
 * from ending idle.
 */
export function unattendedHeader(): Record<string, string> {
  return Date.now() - lastDeedAt < ATTENDED_MS ? {} : { 'x-unattended': 'true' };
}
