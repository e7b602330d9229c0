import { Check } from 'lucide-react';
import type { ComponentProps } from 'react';

export function Checkbox(props: Omit<ComponentProps<'input'>, 'type' | 'className'>) {
  return (
    <span className="relative inline-flex size-4.5 shrink-0">
      <input
        type="checkbox"
        {...props}
        className="peer absolute inset-0 cursor-pointer appearance-none rounded-[5px] border border-control bg-surface transition-colors checked:border-accent checked:bg-accent disabled:cursor-not-allowed disabled:border-line-strong disabled:bg-sunken"
      />
      <Check
        aria-hidden
        strokeWidth={3}
        className="pointer-events-none relative m-auto size-3 text-on-accent opacity-0 peer-checked:opacity-100"
      />
    </span>
  );
}
