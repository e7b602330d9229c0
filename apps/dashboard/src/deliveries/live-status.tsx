import { Pause, Play } from 'lucide-react';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import type { Liveness } from './use-deliveries.ts';

const looks: Record<Liveness, { dot: string; name: string; title: string }> = {
  connecting: { dot: 'bg-control', name: 'Connecting…', title: 'The live connection is being made.' },
  live: { dot: 'bg-ok', name: 'Live', title: 'New deliveries show up at once.' },
  polling: {
    dot: 'bg-warn',
    name: 'Every 5 s',
    title: 'The live connection is not there; the list is asked for every five seconds instead.',
  },
  offline: {
    dot: 'bg-danger',
    name: 'Not connected',
    title: 'The server cannot be reached. It is tried again.',
  },
  paused: { dot: 'bg-control', name: 'Paused', title: 'Nothing moves until you resume.' },
};

interface LiveStatusProps {
  liveness: Liveness;
  onPause: (paused: boolean) => void;
}

/** Whether the list keeps itself up to date, and the button that stops that. */
export function LiveStatus({ liveness, onPause }: LiveStatusProps) {
  const { dot, name, title } = looks[liveness];
  const paused = liveness === 'paused';
  const Icon = paused ? Play : Pause;
  return (
    <>
      <span
        title={title}
        className="inline-flex min-w-29 items-center gap-2 px-1 text-[13px] font-medium text-ink-muted"
      >
        <span aria-hidden className={cx('size-2 rounded-full', dot)} />
        {name}
      </span>
      <Button
        onClick={() => {
          onPause(!paused);
        }}
      >
        <Icon aria-hidden className="size-3.5" />
        {paused ? 'Resume' : 'Pause'}
      </Button>
    </>
  );
}
