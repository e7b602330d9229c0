import { failureOf, isTransient } from '../lib/failure.ts';
import { Notice } from './notice.tsx';

interface NotConnectedProps {
  /** When the server was last known to be there. */
  since: Date;
  /** Why the last call failed. */
  error: unknown;
  className?: string;
}

/** What is shown was so a while ago: since when, and why. The page itself goes on trying. */
export function NotConnected({ since, error, className }: NotConnectedProps) {
  const { title, detail, status } = failureOf(error);
  return (
    <Notice
      tone="warn"
      role="status"
      className={className}
      title={
        <>
          {isTransient(error) ? 'Not connected' : 'Not up to date'} since <ClockTime at={since} />
        </>
      }
    >
      <p className="text-ink-muted">
        {status === 0 ? `${title}.` : detail} What you see is from then; the page keeps trying.
      </p>
    </Notice>
  );
}

interface StaleProps {
  /** A query that is asked again and again. */
  query: { data: unknown; error: unknown; dataUpdatedAt: number };
  className?: string;
}

/** {@link NotConnected} while a query fails that was answered before. */
export function NotConnectedWhileStale({ query: { data, error, dataUpdatedAt }, className }: StaleProps) {
  if (data === undefined || !error) return null;
  return <NotConnected since={new Date(dataUpdatedAt)} error={error} className={className} />;
}

const timeOfDay = new Intl.DateTimeFormat('en', { timeStyle: 'medium' });
const dayAndTime = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });

/** The time, with the day where that is not today. */
function ClockTime({ at }: { at: Date }) {
  const isToday = at.toDateString() === new Date().toDateString();
  return <time dateTime={at.toISOString()}>{(isToday ? timeOfDay : dayAndTime).format(at)}</time>;
}
