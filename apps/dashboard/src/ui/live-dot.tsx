import type { Liveness } from '../lib/liveness.ts';
import { cx } from './cx.ts';

interface LiveDotProps {
  liveness: Liveness;
  /** How often it is asked for while there is no live connection. */
  everySeconds: number;
}

/** Whether what is shown keeps itself up to date, in a word. */
export function LiveDot({ liveness, everySeconds }: LiveDotProps) {
  const { dot, name, title } = lookOf(liveness, everySeconds);
  return (
    <span
      title={title}
      className="inline-flex min-w-29 items-center gap-2 px-1 text-[13px] font-medium text-ink-muted"
    >
      <span aria-hidden className={cx('size-2 rounded-full', dot)} />
      {name}
    </span>
  );
}

function lookOf(liveness: Liveness, everySeconds: number): { dot: string; name: string; title: string } {
  switch (liveness) {
    case 'connecting':
      return { dot: 'bg-control', name: 'Connecting…', title: 'The live connection is being made.' };
    case 'live':
      return { dot: 'bg-ok', name: 'Live', title: 'What is new shows up at once.' };
    case 'polling':
      return {
        dot: 'bg-warn',
        name: `Every ${everySeconds} s`,
        title: `There is no live connection; the server is asked every ${everySeconds} seconds instead.`,
      };
    case 'offline':
      return {
        dot: 'bg-danger',
        name: 'Not connected',
        title: `No answer comes from the server. It is tried again every ${everySeconds} seconds.`,
      };
    case 'paused':
      return { dot: 'bg-control', name: 'Paused', title: 'Nothing moves until you resume.' };
  }
}
