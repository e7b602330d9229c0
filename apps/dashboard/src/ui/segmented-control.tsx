import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cx } from './cx.ts';

interface Option<Value extends string> {
  value: Value;
  label: string;
  /** Shown instead of the label, which is then only read out. */
  icon?: LucideIcon;
}

interface SegmentedControlProps<Value extends string> {
  /** What is chosen, for those who do not see where it stands. */
  label: string;
  options: readonly Option<Value>[];
  /** What the radio button of an option gets: name, onChange, ref... */
  radio: (option: Option<Value>) => ComponentProps<'input'>;
  className?: string;
}

/** Radio buttons side by side. Arrow keys move between them, as the platform has it. */
export function SegmentedControl<Value extends string>(props: SegmentedControlProps<Value>) {
  const { label, options, radio, className } = props;
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={cx(
        'inline-grid grid-flow-col sm:auto-cols-fr gap-0.5 rounded-lg bg-sunken p-0.5 ring-1 ring-line ring-inset',
        className,
      )}
    >
      {options.map((option) => (
        <label
          key={option.value}
          title={option.icon && option.label}
          className={cx(
            'relative flex cursor-pointer items-center justify-center rounded-md text-center text-[13px] font-medium text-ink-muted transition-colors has-checked:bg-segment has-checked:text-ink has-checked:shadow-segment has-focus-visible:outline-2 has-focus-visible:outline-accent-ink has-disabled:cursor-not-allowed not-has-checked:hover:text-ink',
            option.icon ? 'h-7 min-w-8' : 'min-h-9 px-2 py-1 sm:min-h-8 sm:px-4',
          )}
        >
          <input
            {...radio(option)}
            type="radio"
            value={option.value}
            aria-label={option.icon && option.label}
            className="absolute inset-0 cursor-[inherit] appearance-none rounded-md outline-none"
          />
          <span className="pointer-events-none relative">
            {option.icon ? <option.icon aria-hidden className="size-4" /> : option.label}
          </span>
        </label>
      ))}
    </div>
  );
}
