import { relativeTime } from '../lib/relative-time.ts';
import { upcoming } from '../lib/upcoming.ts';
import { useNow } from '../lib/use-now.ts';

const exact = new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'long' });

interface MomentProps {
  at: string;
  /** Something is to happen then: once it is due, it is not `just now`. */
  ahead?: boolean;
}

/** `3 hours ago`, with the exact time in the viewer's zone for whoever points at it. */
export function Moment({ at: iso, ahead = false }: MomentProps) {
  const now = useNow();
  const at = new Date(iso);
  return (
    <time
      dateTime={iso}
      title={exact.format(at)}
      className="whitespace-nowrap underline decoration-line-strong decoration-dotted underline-offset-4"
    >
      {(ahead ? upcoming : relativeTime)(at, now)}
    </time>
  );
}
