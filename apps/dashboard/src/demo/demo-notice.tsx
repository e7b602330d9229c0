import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { failureOf } from '../lib/failure.ts';
import { counted } from '../lib/counted.ts';
import { trpc } from '../lib/trpc.ts';
import { useScope, useSession } from '../session/session-context.ts';
import { AlertDialog } from '../ui/alert-dialog.tsx';
import { Button } from '../ui/button.tsx';
import { FailureNotice } from '../ui/failure-notice.tsx';
import { Notice } from '../ui/notice.tsx';
import { useNotify } from '../ui/toast.tsx';

/** Says that what is here is a demo, and takes it away on request. */
export function DemoNotice() {
  const { session } = useSession();
  const mayWrite = useScope('settings:write');
  const [asking, setAsking] = useState(false);
  const notify = useNotify();
  const utils = trpc.useUtils();
  const remove = trpc.demo.remove.useMutation({
    onSuccess: ({ ai_interviews, deliveries }) => {
      notify({
        tone: 'ok',
        title: 'The demo was removed',
        detail: `${counted(ai_interviews, 'AI interview')} and ${counted(deliveries, 'delivery', 'deliveries')}.`,
      });
      // It was everywhere.
      void utils.invalidate();
    },
  });
  const close = () => {
    setAsking(false);
  };
  if (!session?.demo) return null;
  return (
    <>
      {remove.error && (
        <FailureNotice
          className="mt-6"
          heading="The demo was not removed"
          failure={failureOf(remove.error)}
        />
      )}
      <Notice title="This is a demo" className="mt-6">
        <p className="text-ink-muted">
          The AI interviews here are made up, and their webhooks go to the{' '}
          <Link to="/inbox" className="font-medium text-accent-ink underline underline-offset-2">
            local receiver
          </Link>
          . Look around, break things, watch the retries.
        </p>
        {mayWrite && (
          <Button
            className="mt-2.5"
            busy={remove.isPending}
            onClick={() => {
              setAsking(true);
            }}
          >
            Remove demo data…
          </Button>
        )}
      </Notice>
      <AlertDialog
        open={asking}
        title="Remove the demo?"
        description="Its AI interviews go, with their candidates and deliveries, and its URLs are taken out of the settings. What you made yourself stays."
        confirm="Remove"
        cancel="Keep it"
        destructive
        onCancel={close}
        onConfirm={() => {
          close();
          remove.mutate();
        }}
      />
    </>
  );
}
