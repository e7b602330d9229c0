import type { InterviewResponse } from '@interview-webhooks/schema';
import type { ReactNode } from 'react';
import { failureOf } from '../lib/failure.ts';
import { isolated } from '../lib/isolated.ts';
import { trpc } from '../lib/trpc.ts';
import { useLocalMode, useScope } from '../session/session-context.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Drawer } from '../ui/drawer.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { MissingScope } from '../ui/missing-scope.tsx';
import { Moment } from '../ui/moment.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { InviteStatusPill } from './invite-status-pill.tsx';
import { PlayByHand } from './play-by-hand.tsx';
import { ResponseDeliveries } from './response-deliveries.tsx';

interface ResponseDrawerProps {
  responseId: string;
  onClose: () => void;
}

/** One candidate's way through an AI interview, and what the webhooks told about it. */
export function ResponseDrawer({ responseId, onClose }: ResponseDrawerProps) {
  const response = trpc.responses.get.useQuery({ response_id: responseId });
  return (
    <Drawer title={isolated(response.data?.candidate_name ?? 'Response')} onClose={onClose}>
      {response.isPending && (
        <div role="status" aria-label="Loading the response" className="grid gap-3">
          <Skeleton className="h-4 w-64 max-w-full" />
          <Skeleton className="h-4 w-40" />
          <Skeleton className="mt-4 h-24 w-full" />
        </div>
      )}
      {response.isLoadingError && (
        <FailureNotice failure={failureOf(response.error)} onRetry={() => void response.refetch()} />
      )}
      {response.data && <Response response={response.data} />}
    </Drawer>
  );
}

function Response({ response }: { response: InterviewResponse }) {
  const mayReadDeliveries = useScope('deliveries:read');
  const mayWrite = useScope('interviews:write');
  const local = useLocalMode();
  return (
    <>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-[13px]/6">
        <Fact name="Status">
          <InviteStatusPill status={response.invite_status} />
        </Fact>
        <Fact name="E-mail">{isolated(response.candidate_email)}</Fact>
        <Fact name="Response id">
          <code className="font-mono text-xs">{response.response_id}</code>
          <CopyButton text={response.response_id} what="response id" />
        </Fact>
        {response.custom_field_id !== null && (
          <Fact name="Your own id">
            <code className="font-mono text-xs">{isolated(response.custom_field_id)}</code>
          </Fact>
        )}
        <Fact name="Invited">
          <Moment at={response.invited_at} />
        </Fact>
        <Fact name="Started">
          {response.started_at === null ? 'Not yet' : <Moment at={response.started_at} />}
        </Fact>
        <Fact name="Submitted">
          {response.submitted_at === null ? 'Not yet' : <Moment at={response.submitted_at} />}
        </Fact>
      </dl>
      {local && mayWrite && response.invite_status !== 'Completed' && <PlayByHand response={response} />}
      <h3 className="mt-8 mb-3 text-sm font-semibold">Deliveries</h3>
      {mayReadDeliveries ? (
        <ResponseDeliveries response={response} />
      ) : (
        <MissingScope scope="deliveries:read" title="You cannot see deliveries" />
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-muted">{name}</dt>
      <dd className="flex min-w-0 items-center gap-1 wrap-anywhere">{children}</dd>
    </>
  );
}
