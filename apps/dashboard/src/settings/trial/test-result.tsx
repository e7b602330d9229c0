import type { Attempt } from '@interview-webhooks/schema';
import { CircleCheck, CircleX, X } from 'lucide-react';
import { AttemptContents } from '../../attempts/attempt-contents.tsx';
import { failureAdvice } from '../../attempts/failure-advice.ts';
import { milliseconds } from '../../attempts/timing-phases.ts';
import { cx } from '../../ui/cx.ts';
import { IconButton } from '../../ui/icon-button.tsx';

interface TestResultProps {
  attempt: Attempt;
  /** The stored credential did not go along. */
  withheld: boolean;
  onClose: () => void;
}

/** What came of a test: in plain words first, then everything that went over the wire. */
export function TestResult({ attempt, withheld, onClose }: TestResultProps) {
  const { error, status, timings } = attempt;
  const time = milliseconds(timings.total_ms);
  const failed = error && failureAdvice(error.code, status);
  const Icon = failed ? CircleX : CircleCheck;
  return (
    <section
      aria-label="Result of the test"
      className={cx(
        'mt-3 animate-rise overflow-hidden rounded-xl border',
        failed ? 'border-danger-line' : 'border-line-strong',
      )}
    >
      <div className={cx('flex gap-3 px-4 py-3 text-[13px]/5', failed ? 'bg-danger-soft' : 'bg-ok-soft')}>
        <Icon aria-hidden className={cx('mt-0.5 size-4 shrink-0', failed ? 'text-danger' : 'text-ok')} />
        <div className="min-w-0 grow">
          <p className="font-semibold">
            {failed ? `Not received: ${failed.what}` : `Received: the receiver answered ${status ?? ''}`},{' '}
            {time}
          </p>
          {failed ? (
            <>
              <p>{failed.advice}</p>
              {/* Of an answer, the words above say it all. */}
              {error.code !== 'http-status' && (
                <p className="mt-1 wrap-anywhere text-ink-muted">{error.message}</p>
              )}
            </>
          ) : (
            !withheld && <p className="text-ink-muted">Saved like this, webhooks will arrive.</p>
          )}
          {withheld && (
            <p className="mt-1 text-ink-muted">
              The saved credential was not sent: it goes to the saved URLs’ origins only. To test with it,
              type it again, or save this URL first.
            </p>
          )}
        </div>
        <IconButton label="Close the result" onClick={onClose} className="-mt-1 -mr-2">
          <X aria-hidden className="size-4" />
        </IconButton>
      </div>
      <div className="border-t border-line p-4">
        <AttemptContents attempt={attempt} />
      </div>
    </section>
  );
}
