import { LoaderCircle } from 'lucide-react';
import type { ComponentProps, MouseEvent } from 'react';
import { cx } from './cx.ts';

const looks = {
  primary: 'bg-accent text-on-accent shadow-card hover:bg-accent-strong',
  secondary: 'border border-line-strong bg-surface text-ink shadow-card hover:bg-hover',
  danger: 'bg-danger-strong text-on-accent shadow-card hover:bg-danger-stronger',
  ghost: 'text-ink-muted hover:bg-hover hover:text-ink',
};

const sizes = { medium: 'h-10 px-3.5 sm:h-9', small: 'h-9 px-2.5 sm:h-7.5' };

interface ButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof looks;
  size?: keyof typeof sizes;
  /** Its work is under way: shown, announced, and not started a second time. */
  busy?: boolean;
}

/** A busy button is not `disabled`: that would take the focus away from whoever pressed it. */
export function Button({
  look = 'secondary',
  size = 'medium',
  busy = false,
  className,
  onClick,
  children,
  ...rest
}: ButtonProps) {
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (busy) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      type="button"
      {...rest}
      onClick={press}
      aria-disabled={busy || undefined}
      className={cx(
        'relative inline-flex shrink-0 items-center justify-center gap-1.5 rounded-lg text-[13px] font-medium whitespace-nowrap transition-colors disabled:pointer-events-none disabled:opacity-50',
        looks[look],
        sizes[size],
        className,
      )}
    >
      {busy && <LoaderCircle aria-hidden className="size-4 animate-spin" />}
      {children}
    </button>
  );
}
