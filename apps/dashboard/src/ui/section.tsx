import { type ReactNode, useId } from 'react';

interface SectionProps {
  title: string;
  description: ReactNode;
  children: ReactNode;
}

/** A subject of a page: what it is on the left, its controls on the right; one below the other where it is narrow. */
export function Section({ title, description, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid gap-x-12 gap-y-4 py-8 lg:grid-cols-[15rem_minmax(0,1fr)]">
      <div>
        <h2 id={id} className="text-sm font-semibold">
          {title}
        </h2>
        <p className="mt-1 max-w-prose text-[13px]/5 text-ink-muted">{description}</p>
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}

export function Card({ children }: { children: ReactNode }) {
  return (
    <div className="divide-y divide-line rounded-xl border border-line bg-surface shadow-card">
      {children}
    </div>
  );
}
