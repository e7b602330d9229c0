import type { DeliveryFilter } from '@interview-webhooks/schema';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { cx } from '../ui/cx.ts';

/** Where a figure of the overview can be looked into. */
export type Way =
  | { to: '/deliveries'; search: DeliveryFilter }
  | { to: '/interviews/$id'; params: { id: string } }
  | { to: '/settings' };

interface WayInProps {
  way: Way;
  className?: string;
  children: ReactNode;
}

/** A link to there. */
export function WayIn({ way, className, children }: WayInProps) {
  return (
    <Link
      {...way}
      className={cx('rounded font-medium text-accent-ink underline-offset-2 hover:underline', className)}
    >
      {children}
    </Link>
  );
}
