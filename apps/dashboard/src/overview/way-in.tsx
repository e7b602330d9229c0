import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { cx } from '../ui/cx.ts';

export interface Way {
  to: string;
  search?: Record<string, string>;
}

interface WayInProps extends Way {
  className?: string;
  children: ReactNode;
}

/** A link to where a figure of the overview can be looked into. */
export function WayIn({ to, search = {}, className, children }: WayInProps) {
  return (
    <Link
      to={to}
      // The pages lead to each other by address; each checks the parameters it is given.
      search={search as never}
      className={cx('rounded font-medium text-accent-ink underline-offset-2 hover:underline', className)}
    >
      {children}
    </Link>
  );
}
