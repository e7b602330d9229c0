/** A link within a text. */
export const textLink =
  'rounded-sm font-medium text-accent-ink underline decoration-accent-ink/40 underline-offset-4 hover:decoration-accent-ink';
