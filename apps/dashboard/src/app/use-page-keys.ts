import { useEffect } from 'react';

/** Calls `press` for keys pressed without anything else, where nobody is typing and no dialog is open. */
export function onPlainKey(press: (key: string) => boolean): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]'))
      return;
    if (document.querySelector('dialog[open]')) return;
    if (press(event.key)) event.preventDefault();
  };
}

/** `/` goes to the page's search field; `j` and `k` to the next and the previous row of its list. */
export function usePageKeys(): void {
  useEffect(() => {
    const listener = onPlainKey((key) => {
      switch (key) {
        case '/':
          return focus(document.querySelector<HTMLElement>('main input[type=search]'));
        case 'j':
          return focus(rowFromFocus(1));
        case 'k':
          return focus(rowFromFocus(-1));
        default:
          return false;
      }
    });
    document.addEventListener('keydown', listener);
    return () => {
      document.removeEventListener('keydown', listener);
    };
  }, []);
}

function rowFromFocus(step: 1 | -1): HTMLElement | undefined {
  const rows = [...document.querySelectorAll<HTMLElement>('main [data-row]')];
  const focused = rows.findIndex((row) => row === document.activeElement);
  // From the row that is open beside the list, where none has the focus.
  const current = focused < 0 ? rows.findIndex((row) => row.ariaCurrent === 'page') : focused;
  return current < 0 ? rows[0] : rows[current + step];
}

function focus(element: HTMLElement | null | undefined): boolean {
  element?.focus();
  return Boolean(element);
}
