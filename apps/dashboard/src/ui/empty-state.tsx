import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  /** What would be here, and how it gets here. */
  children: ReactNode;
  action?: ReactNode;
}

/** In place of a list with nothing in it. */
export function EmptyState({ icon: Icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center rounded-xl border border-dashed border-line-strong px-6 py-14 text-center">
      <span aria-hidden className="grid size-10 place-items-center rounded-xl bg-sunken ring-1 ring-line">
        <Icon className="size-5 text-ink-muted" />
      </span>
      <p className="mt-4 text-sm font-semibold">{title}</p>
      <p className="mt-1 max-w-sm text-[13px]/5 text-balance text-ink-muted">{children}</p>
      {action !== undefined && <div className="mt-5">{action}</div>}
    </div>
  );
}
