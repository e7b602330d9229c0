import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { Skeleton } from './skeleton.tsx';

interface PageProps {
  /** Lists use the whole width, forms and texts what reads well. */
  width?: 'wide' | 'form';
  children: ReactNode;
}

export function Page({ width = 'wide', children }: PageProps) {
  return <div className={cx('mx-auto', width === 'wide' ? 'max-w-[84rem]' : 'max-w-5xl')}>{children}</div>;
}

interface PageHeaderProps {
  title: ReactNode;
  description?: ReactNode;
  /** The way back up, above the title. */
  above?: ReactNode;
  /** What can be done on this page. */
  actions?: ReactNode;
}

export function PageHeader({ title, description, above, actions }: PageHeaderProps) {
  return (
    <header>
      {above}
      <div className="flex min-h-9 flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <h1
          id="page-title"
          tabIndex={-1}
          className="min-w-0 text-xl font-semibold tracking-tight wrap-anywhere"
        >
          {title}
        </h1>
        {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {description !== undefined && (
        <p className="mt-1 max-w-prose text-[13px]/5 text-ink-muted">{description}</p>
      )}
    </header>
  );
}

/** The shape of any page while its code is on its way. */
export function PageSkeleton() {
  return (
    <Page>
      <div role="status" aria-label="Loading the page">
        <div className="flex min-h-9 items-center">
          <Skeleton className="h-6 w-48" />
        </div>
        <Skeleton className="mt-2 h-4 w-80 max-w-full" />
        <Skeleton className="mt-7 h-64 w-full" />
      </div>
    </Page>
  );
}
