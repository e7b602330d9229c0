import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';
import { Skeleton } from './skeleton.tsx';

interface Column {
  name: string;
  /** Such as `max-md:hidden`, for its cells, too: what is left out where it is narrow is told in the first cell. */
  className?: string;
  /** Only read out: what the column holds is plain to see. */
  silent?: boolean;
}

interface TableProps {
  label: string;
  columns: readonly Column[];
  children: ReactNode;
}

/** A dense list. A row with a link to what it is about is pressed anywhere. */
export function Table({ label, columns, children }: TableProps) {
  return (
    <div className="overflow-hidden rounded-xl border border-line bg-surface shadow-card">
      <table className="w-full border-collapse text-left text-[13px]/5">
        <caption className="sr-only">{label}</caption>
        <thead>
          <tr className="border-b border-line bg-sunken/60 text-xs text-ink-muted">
            {columns.map(({ name, className, silent }) => (
              <th
                key={name}
                scope="col"
                className={cx('h-9 px-3 font-medium first:pl-4 last:pr-4 sm:first:pl-5', className)}
              >
                {silent ? <span className="sr-only">{name}</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">{children}</tbody>
      </table>
    </div>
  );
}

export function Row({ className, ...rest }: ComponentProps<'tr'>) {
  return (
    <tr
      {...rest}
      className={cx('relative transition-colors has-[[data-row]]:hover:bg-hover/60', className)}
    />
  );
}

export function Cell({ className, ...rest }: ComponentProps<'td'>) {
  return (
    <td {...rest} className={cx('px-3 py-2.5 align-middle first:pl-4 last:pr-4 sm:first:pl-5', className)} />
  );
}

/** For the link that a row is about: the whole row leads there, and `j` and `k` find it. */
export const rowLink = {
  'data-row': '',
  className:
    'font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent-ink',
};

interface TableSkeletonProps {
  label: string;
  rows?: number;
}

/** The shape of a list that is on its way. */
export function TableSkeleton({ label, rows = 6 }: TableSkeletonProps) {
  return (
    <div
      role="status"
      aria-label={label}
      className="overflow-hidden rounded-xl border border-line bg-surface shadow-card"
    >
      <div className="h-9 border-b border-line bg-sunken/60" />
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-15 items-center gap-6 border-line px-5 not-last:border-b">
          <div className="grow">
            <Skeleton className="h-3.5 w-44 max-w-full" />
            <Skeleton className="mt-2 h-3 w-28" />
          </div>
          <Skeleton className="h-3 w-24 max-sm:hidden" />
          <Skeleton className="h-3 w-16" />
        </div>
      ))}
    </div>
  );
}
