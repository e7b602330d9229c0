import type { Redelivery } from '@interview-webhooks/schema';
import { X } from 'lucide-react';
import { useEffect, useEffectEvent, useState } from 'react';
import { counted } from '../lib/counted.ts';
import { failureOf } from '../lib/failure.ts';
import { isolated } from '../lib/isolated.ts';
import { trpc } from '../lib/trpc.ts';
import { useScope } from '../session/session-context.ts';
import { AlertDialog } from '../ui/alert-dialog.tsx';
import { Button } from '../ui/button.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Moment } from '../ui/moment.tsx';
import { NotConnectedWhileStale } from '../ui/not-connected.tsx';
import { filterInWords } from './filter-words.ts';
import { RedeliveryProgress } from './redelivery-progress.tsx';

const POLL_MS = 1_000;

interface RedeliveryCardProps {
  id: string;
  onDismiss: () => void;
}

/** Sending many again: how far it is, and the button that stops it. */
export function RedeliveryCard({ id, onDismiss }: RedeliveryCardProps) {
  const utils = trpc.useUtils();
  const mayWrite = useScope('deliveries:write');
  const [asking, setAsking] = useState(false);
  const progress = trpc.redeliveries.get.useQuery(
    { redelivery_id: id },
    { refetchInterval: ({ state }) => (state.data && state.data.state !== 'running' ? false : POLL_MS) },
  );
  const redelivery = progress.data;
  const cancel = trpc.redeliveries.cancel.useMutation({
    onSuccess: (cancelled) => {
      utils.redeliveries.get.setData({ redelivery_id: id }, cancelled);
    },
  });
  const ended = redelivery !== undefined && redelivery.state !== 'running';
  const refresh = useEffectEvent(() => void utils.deliveries.invalidate());
  useEffect(() => {
    // Further down than what is live, too.
    if (ended) refresh();
  }, [ended]);
  if (!redelivery) return null;
  return (
    <section
      aria-label="Redelivery"
      className="rounded-xl border border-line bg-surface px-4 py-3.5 text-[13px]/5 shadow-card sm:px-5"
    >
      <div className="flex items-start gap-3">
        <div className="min-w-0 grow">
          <p role="status" className="font-semibold">
            {headline(redelivery)}
          </p>
          <p className="wrap-anywhere text-ink-muted">
            {filterInWords(redelivery.filter)}, by {isolated(redelivery.created_by.name)}{' '}
            <Moment at={redelivery.created_at} />
          </p>
        </div>
        {ended ? (
          <IconButton label="Dismiss" onClick={onDismiss} className="-mr-1.5">
            <X aria-hidden className="size-4" />
          </IconButton>
        ) : (
          mayWrite && (
            <Button
              busy={cancel.isPending}
              onClick={() => {
                setAsking(true);
              }}
            >
              Cancel
            </Button>
          )
        )}
      </div>
      <RedeliveryProgress redelivery={redelivery} />
      <NotConnectedWhileStale query={progress} className="mt-3" />
      {cancel.error && (
        <FailureNotice className="mt-3" heading="It was not cancelled" failure={failureOf(cancel.error)} />
      )}
      <AlertDialog
        open={asking}
        title="Stop sending these again?"
        description="What was not tried yet becomes what it was before. What was sent stays sent, and what was tried and failed keeps its retries."
        confirm="Stop"
        cancel="Go on sending"
        destructive
        onCancel={() => {
          setAsking(false);
        }}
        onConfirm={() => {
          setAsking(false);
          cancel.mutate({ redelivery_id: id });
        }}
      />
    </section>
  );
}

function headline({ state, total, delivered, failed, waiting }: Redelivery): string {
  const many = total === null ? 'very many deliveries' : counted(total, 'delivery', 'deliveries');
  switch (state) {
    case 'running':
      return `Redelivering ${many}`;
    case 'completed':
      return `${many} redelivered: ${delivered.toLocaleString('en')} arrived${failed > 0 ? `, ${failed.toLocaleString('en')} failed` : ''}${waiting > 0 ? `, ${waiting.toLocaleString('en')} will be tried again` : ''}`;
    case 'cancelled':
      return `Stopped: ${delivered.toLocaleString('en')} of ${many} had been delivered`;
  }
}
