const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** Opens the command palette. */
export const COMMAND_KEY = isApple ? '⌘K' : 'Ctrl K';

/** Every key with what it does. */
export const keys = [
  { key: COMMAND_KEY, does: 'Go to a page or do something' },
  { key: '/', does: 'Search on this page' },
  { key: 'j', does: 'Next row of a list' },
  { key: 'k', does: 'Previous row' },
  { key: 'Enter', does: 'Open the row' },
  { key: 'Esc', does: 'Close what is open' },
  { key: '?', does: 'Show these keys' },
] as const;
