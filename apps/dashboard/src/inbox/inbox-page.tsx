import type { Inbox } from '@interview-webhooks/schema';
import { useParams } from '@tanstack/react-router';
import { Inbox as InboxIcon } from 'lucide-react';
import { useState } from 'react';
import { useTitle } from '../app/use-title.ts';
import { failureOf } from '../lib/failure.ts';
import { useLocalMode, useScope } from '../session/session-context.ts';
import { AlertDialog } from '../ui/alert-dialog.tsx';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { LiveDot } from '../ui/live-dot.tsx';
import { MissingScope } from '../ui/missing-scope.tsx';
import { NotConnected } from '../ui/not-connected.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page, PageHeader } from '../ui/page.tsx';
import { Panel } from '../ui/panel.tsx';
import { TableSkeleton } from '../ui/table.tsx';
import { AnswerChoice } from './answer-choice.tsx';
import { InboxRequestEntry } from './inbox-request.tsx';
import { useInbox } from './use-inbox.ts';

/** A receiver to try things with: what came to it, live, and how it answers. */
export function InboxPage() {
  useTitle('Local receiver');
  const { name } = useParams({ from: '/inbox/$name' });
  const local = useLocalMode();
  const mayRead = useScope('deliveries:read');
  const mayWrite = useScope('deliveries:write');
  const { inbox, liveness, since, answer, clear } = useInbox(name, local && mayRead);
  const error = (inbox.data ? null : inbox.error) ?? answer.error ?? clear.error;
  return (
    <Page width="form">
      <PageHeader
        title="Local receiver"
        description="Takes any webhook, checks its signature and shows it here. It keeps the last 200 until the server stops."
        actions={
          inbox.data && (
            <>
              <LiveDot liveness={liveness} everySeconds={2} />
              {mayWrite && (
                <Clear
                  count={inbox.data.received}
                  onClear={() => {
                    clear.mutate({ name });
                  }}
                />
              )}
            </>
          )
        }
      />
      {!local && (
        <Notice title="There is no receiver here" className="mt-6">
          <p className="text-ink-muted">It belongs to local mode; this server uses a database of its own.</p>
        </Notice>
      )}
      {local && !mayRead && (
        <MissingScope scope="deliveries:read" title="You cannot see what came in" className="mt-6" />
      )}
      {inbox.data && liveness === 'offline' && (
        <NotConnected since={since} error={inbox.error} className="mt-6" />
      )}
      {error && (
        <FailureNotice
          className="mt-6"
          heading="That did not work"
          failure={failureOf(error)}
          onRetry={() => void inbox.refetch()}
        />
      )}
      {inbox.isLoading && (
        <div className="mt-6">
          <TableSkeleton label="Loading what came in" />
        </div>
      )}
      {inbox.data && (
        <Contents
          inbox={inbox.data}
          locked={!mayWrite}
          onAnswer={(mode) => {
            answer.mutate({ name, answer: { mode } });
          }}
        />
      )}
    </Page>
  );
}

interface ContentsProps {
  inbox: Inbox;
  locked: boolean;
  onAnswer: (mode: Inbox['answer']['mode']) => void;
}

function Contents({ inbox: { url, answer, requests, received }, locked, onAnswer }: ContentsProps) {
  const [first] = requests;
  return (
    <div className="mt-6 grid gap-4">
      <Panel title="Its address">
        <div className="flex flex-wrap items-center gap-2 px-4 pb-4 sm:px-5">
          <code className="font-mono text-[13px] wrap-anywhere">{url}</code>
          <CopyButton text={url} what="address" />
          <span className="w-full text-[13px]/5 text-ink-muted">
            Enter it as a URL in the settings. Any other name at the end is a receiver, too.
          </span>
        </div>
      </Panel>
      <AnswerChoice mode={answer.mode} onChoose={onAnswer} locked={locked} />
      {first ? (
        <Panel title={received === 1 ? '1 request' : `${received} requests`}>
          <ol aria-label="Requests, newest first" className="divide-y divide-line border-t border-line">
            {requests.map((request) => (
              <InboxRequestEntry key={request.request_id} request={request} open={request === first} />
            ))}
          </ol>
        </Panel>
      ) : (
        <EmptyState icon={InboxIcon} title="Nothing has come in yet">
          Send a test from the settings, or let a candidate start. It shows up here at once.
        </EmptyState>
      )}
      <p role="status" className="sr-only">
        {received === 1 ? '1 request received' : `${received} requests received`}
      </p>
    </div>
  );
}

function Clear({ count, onClear }: { count: number; onClear: () => void }) {
  const [asking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
  };
  return (
    <>
      <Button
        disabled={count === 0}
        onClick={() => {
          setAsking(true);
        }}
      >
        Clear…
      </Button>
      <AlertDialog
        open={asking}
        title="Clear the receiver?"
        description="What it received is forgotten. Deliveries and their log stay."
        confirm="Clear"
        cancel="Keep"
        destructive
        onCancel={close}
        onConfirm={() => {
          close();
          onClear();
        }}
      />
    </>
  );
}
