import type { ComponentProps } from 'react';

/** The platform's checkbox in the shape of a switch: focus, keys and forms work as everywhere. */
export function Switch(props: Omit<ComponentProps<'input'>, 'type' | 'role' | 'className'>) {
  return (
    <span className="relative inline-flex h-5 w-9 shrink-0">
      <input
        type="checkbox"
        role="switch"
        {...props}
        className="peer absolute inset-0 cursor-pointer appearance-none rounded-full bg-control transition-colors checked:bg-accent disabled:cursor-not-allowed disabled:opacity-60"
      />
      <span
        aria-hidden
        className="pointer-events-none absolute top-0.5 left-0.5 size-4 rounded-full bg-on-accent shadow-card transition-transform peer-checked:translate-x-4"
      />
    </span>
  );
}
