import type { ComponentProps } from 'react';
import { cx } from './cx.ts';

const sizes = { small: 'size-6', medium: 'size-8', large: 'size-10' };

interface IconButtonProps extends ComponentProps<'button'> {
  /** What it does, for those who do not see the icon. */
  label: string;
  size?: keyof typeof sizes;
}

export function IconButton({ label, size = 'medium', className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={cx(
        'inline-flex shrink-0 items-center justify-center rounded-md text-ink-muted transition-colors hover:bg-hover hover:text-ink',
        sizes[size],
        className,
      )}
    />
  );
}
