import type { Delivery } from '@interview-webhooks/schema';
import { CircleSlash, RotateCw, Send } from 'lucide-react';
import { useState } from 'react';
import { failureOf, isUnauthenticated } from '../lib/failure.ts';
import { isolated } from '../lib/isolated.ts';
import { trpc } from '../lib/trpc.ts';
import { useScope } from '../session/session-context.ts';
import { AlertDialog } from '../ui/alert-dialog.tsx';
import { Button } from '../ui/button.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { useNotify } from '../ui/toast.tsx';
import { useShowInLists } from './use-deliveries.ts';

/** Sending again and stopping. */
export function DeliveryActions({ delivery }: { delivery: Delivery }) {
  const { delivery_id, state } = delivery;
  const candidateName = isolated(delivery.candidate_name);
  const utils = trpc.useUtils();
  const notify = useNotify();
  const showInLists = useShowInLists();
  const mayWrite = useScope('deliveries:write');
  const [asking, setAsking] = useState<'redeliver' | 'cancel' | null>(null);
  const changed = (title: string) => (now: Delivery) => {
    utils.deliveries.get.setData({ delivery_id }, (known) => known && { ...known, ...now });
    showInLists(now);
    // What was asked for before the change, and is not answered yet, must not be shown after it.
    void utils.deliveries.get.invalidate({ delivery_id });
    notify({ tone: 'ok', title });
  };
  const redeliver = trpc.deliveries.redeliver.useMutation({ onSuccess: changed('It is sent now') });
  const cancel = trpc.deliveries.cancel.useMutation({
    onSuccess: changed('Cancelled: it is not tried again'),
  });
  if (!mayWrite) return null;
  const send = () => {
    cancel.reset();
    redeliver.mutate({ delivery_id });
  };
  const close = () => {
    setAsking(null);
  };
  const failure = redeliver.error ?? cancel.error;
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap gap-2 max-sm:*:grow">
        <Button
          look={state === 'failed' ? 'primary' : 'secondary'}
          busy={redeliver.isPending || state === 'delivering'}
          onClick={() => {
            if (state === 'delivered') setAsking('redeliver');
            else send();
          }}
        >
          <SendLabel state={state} />
        </Button>
        {state === 'pending' && (
          <Button
            busy={cancel.isPending}
            onClick={() => {
              setAsking('cancel');
            }}
          >
            <CircleSlash aria-hidden className="size-4" />
            Cancel
          </Button>
        )}
      </div>
      {failure && !isUnauthenticated(failure) && (
        <FailureNotice heading="That did not work" failure={failureOf(failure)} />
      )}
      <AlertDialog
        open={asking === 'redeliver'}
        title="Send it once more?"
        description={`The receiver has this event about ${candidateName} already. It gets it again with the same id, by which it should drop repeats.`}
        confirm="Send again"
        cancel="Cancel"
        onCancel={close}
        onConfirm={() => {
          close();
          send();
        }}
      />
      <AlertDialog
        open={asking === 'cancel'}
        title="Stop trying?"
        description={`The receiver does not learn of this event about ${candidateName}, unless someone redelivers it later.`}
        confirm="Stop trying"
        cancel="Keep trying"
        destructive
        onCancel={close}
        onConfirm={() => {
          close();
          redeliver.reset();
          cancel.mutate({ delivery_id });
        }}
      />
    </div>
  );
}

function SendLabel({ state }: { state: Delivery['state'] }) {
  if (state === 'delivering') return 'Sending…';
  const Icon = state === 'pending' ? Send : RotateCw;
  return (
    <>
      <Icon aria-hidden className="size-4" />
      {state === 'pending' ? 'Send now' : 'Redeliver'}
    </>
  );
}
