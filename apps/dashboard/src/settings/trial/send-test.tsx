import { Send } from 'lucide-react';
import { chunk } from '../../app/chunk.tsx';
import { Button } from '../../ui/button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { useSendTest } from './use-send-test.ts';

const TestResult = chunk(() => import('./test-result.tsx').then((module) => module.TestResult));

interface SendTestProps {
  part: 'start' | 'submission';
  /** As the form calls the webhook. */
  title: string;
}

/** Tries a webhook with what the form has, before it is saved; what came of it stands below. */
export function SendTest({ part, title }: SendTestProps) {
  const { busy, attempt, withheld, failure, send, forget } = useSendTest(part);
  return (
    <div className="mt-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button
          busy={busy}
          aria-label={`Send a test of the ${title.toLowerCase()} event`}
          onPointerEnter={TestResult.preload}
          onFocus={TestResult.preload}
          onClick={() => void send()}
        >
          {!busy && <Send aria-hidden className="size-3.5" />}
          {busy ? 'Sending' : 'Send a test'}
        </Button>
        <p className="text-xs/5 text-ink-muted">
          {busy
            ? 'The receiver has 15 seconds to answer.'
            : 'An example, marked as a test. Nothing has to be saved.'}
        </p>
      </div>
      <div role="status" className="sr-only">
        {busy && 'Sending the test'}
        {!busy && attempt && (attempt.error ? 'The test did not arrive' : 'The test arrived')}
      </div>
      {failure && <FailureNotice className="mt-3" heading="The test was not sent" failure={failure} />}
      {!busy && attempt && <TestResult attempt={attempt} withheld={withheld} onClose={forget} />}
    </div>
  );
}
