import { type ReactNode, useId } from 'react';

interface PanelProps {
  title: string;
  /** Beside the title, at the far end. */
  action?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** A subject of a page that is looked at as a whole, in a frame of its own. */
export function Panel({ title, action, className, children }: PanelProps) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={`min-w-0 rounded-xl border border-line bg-surface shadow-card ${className ?? ''}`}
    >
      <div className="flex min-h-14 items-center justify-between gap-4 px-4 sm:px-5">
        <h2 id={id} className="text-sm font-semibold">
          {title}
        </h2>
        {action}
      </div>
      {children}
    </section>
  );
}
