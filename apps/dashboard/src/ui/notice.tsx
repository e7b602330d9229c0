import { CircleAlert, Info } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';

interface NoticeProps extends Omit<ComponentProps<'div'>, 'title'> {
  tone?: 'info' | 'danger';
  title?: ReactNode;
}

/** Something to know about the page as a whole. */
export function Notice({ tone = 'info', title, className, children, ...rest }: NoticeProps) {
  const Icon = tone === 'danger' ? CircleAlert : Info;
  return (
    <div
      {...rest}
      className={cx(
        'flex gap-3 rounded-xl border px-4 py-3 text-[13px]/5',
        tone === 'danger' ? 'border-danger-line bg-danger-soft' : 'border-line bg-surface',
        className,
      )}
    >
      <Icon
        aria-hidden
        className={cx('mt-0.5 size-4 shrink-0', tone === 'danger' ? 'text-danger' : 'text-accent-ink')}
      />
      <div className="min-w-0 grow">
        {title !== undefined && <p className="font-semibold">{title}</p>}
        {children}
      </div>
    </div>
  );
}
