import type { InterviewResponse } from '@interview-webhooks/schema';
import { failureOf, isUnauthenticated } from '../lib/failure.ts';
import { trpc } from '../lib/trpc.ts';
import { Button } from '../ui/button.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';

/** Plays the candidate, so that a newcomer sees the whole way in a minute. For local mode only. */
export function PlayByHand({ response }: { response: InterviewResponse }) {
  const { response_id, invite_status } = response;
  const utils = trpc.useUtils();
  const onSuccess = (changed: InterviewResponse) => {
    utils.responses.get.setData({ response_id }, changed);
    void utils.responses.list.invalidate();
    void utils.deliveries.invalidate();
  };
  const start = trpc.responses.start.useMutation({ onSuccess });
  const submit = trpc.responses.submit.useMutation({ onSuccess });
  const error = start.error ?? submit.error;
  return (
    <div
      role="group"
      aria-label="Play the candidate"
      className="mt-6 rounded-xl border border-line bg-sunken p-4"
    >
      <p className="text-[13px] font-medium">Play the candidate</p>
      <p className="mt-0.5 text-[13px]/5 text-ink-muted">
        Only in local mode. Each step sends its webhook, as it does when a real candidate takes it.
      </p>
      {error && !isUnauthenticated(error) && <FailureNotice className="mt-3" failure={failureOf(error)} />}
      <div className="mt-3 flex gap-2">
        {invite_status === 'Invited' && (
          <Button
            busy={start.isPending}
            onClick={() => {
              start.mutate({ response_id });
            }}
          >
            Start
          </Button>
        )}
        <Button
          busy={submit.isPending}
          onClick={() => {
            submit.mutate({ response_id });
          }}
        >
          Submit
        </Button>
      </div>
    </div>
  );
}
