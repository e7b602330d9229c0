import type { LucideIcon } from 'lucide-react';

/** Stands before what somebody did, in a list of such; the title beside it says the same in words. */
export function ActIcon({ icon: Icon }: { icon: LucideIcon }) {
  return (
    <span
      aria-hidden
      className="mt-0.5 grid size-7 shrink-0 place-items-center rounded-full bg-sunken text-ink-muted ring-1 ring-line"
    >
      <Icon className="size-3.5" />
    </span>
  );
}
