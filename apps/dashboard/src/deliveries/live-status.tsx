import { Pause, Play } from 'lucide-react';
import type { Liveness } from '../lib/liveness.ts';
import { Button } from '../ui/button.tsx';
import { LiveDot } from '../ui/live-dot.tsx';
import { POLL_MS } from './use-deliveries.ts';

interface LiveStatusProps {
  liveness: Liveness;
  onPause: (paused: boolean) => void;
}

/** Whether the list keeps itself up to date, and the button that stops that. */
export function LiveStatus({ liveness, onPause }: LiveStatusProps) {
  const paused = liveness === 'paused';
  const Icon = paused ? Play : Pause;
  return (
    <>
      <LiveDot liveness={liveness} everySeconds={POLL_MS / 1000} />
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
