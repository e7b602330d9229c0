import type { ComponentProps, ReactNode } from 'react';
import type { Failure } from '../lib/failure.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import { RequestId } from './request-id.tsx';

interface FailureNoticeProps extends ComponentProps<'div'> {
  failure: Failure;
  /** Instead of the title the server gives the kind of problem. */
  heading?: string;
  onRetry?: () => void;
  children?: ReactNode;
}

/** A failed call: what happened, what to do, and the id to report it with. */
export function FailureNotice({
  failure,
  heading = failure.title,
  onRetry,
  children,
  ...rest
}: FailureNoticeProps) {
  return (
    <Notice tone="danger" role="alert" title={heading} {...rest}>
      <p className="text-ink-muted">{failure.detail}</p>
      {children}
      {failure.requestId !== null && (
        <p className="mt-1.5">
          <RequestId id={failure.requestId} />
        </p>
      )}
      {onRetry && (
        <Button onClick={onRetry} className="mt-2.5">
          Try again
        </Button>
      )}
    </Notice>
  );
}
