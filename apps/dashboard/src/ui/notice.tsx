import { CircleAlert, Info } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';

const tones = {
  info: { icon: Info, box: 'border-line bg-surface', colour: 'text-accent-ink' },
  warn: { icon: CircleAlert, box: 'border-line-strong bg-warn-soft', colour: 'text-warn' },
  danger: { icon: CircleAlert, box: 'border-danger-line bg-danger-soft', colour: 'text-danger' },
};

interface NoticeProps extends Omit<ComponentProps<'div'>, 'title'> {
  tone?: keyof typeof tones;
  title?: ReactNode;
}

/** Something to know about the page as a whole. */
export function Notice({ tone = 'info', title, className, children, ...rest }: NoticeProps) {
  const { icon: Icon, box, colour } = tones[tone];
  return (
    <div {...rest} className={cx('flex gap-3 rounded-xl border px-4 py-3 text-[13px]/5', box, className)}>
      <Icon aria-hidden className={cx('mt-0.5 size-4 shrink-0', colour)} />
      <div className="min-w-0 grow">
        {title !== undefined && <p className="font-semibold">{title}</p>}
        {children}
      </div>
    </div>
  );
}
