import type { LucideIcon } from 'lucide-react';
import { cx } from './cx.ts';

const tones = {
  neutral: 'bg-neutral-soft text-ink-muted',
  info: 'bg-info-soft text-info',
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  danger: 'bg-danger-soft text-danger',
};

export type PillTone = keyof typeof tones;

interface PillProps {
  tone: PillTone;
  /** A shape of its own for each state: colour alone tells some people nothing. */
  icon: LucideIcon;
  children: string;
}

/** A state in one word. */
export function Pill({ tone, icon: Icon, children }: PillProps) {
  return (
    <span
      className={cx(
        'inline-flex h-5.5 items-center gap-1 rounded-full pr-2 pl-1.5 text-xs font-medium whitespace-nowrap',
        tones[tone],
      )}
    >
      <Icon aria-hidden className="size-3.5" strokeWidth={2.25} />
      {children}
    </span>
  );
}
