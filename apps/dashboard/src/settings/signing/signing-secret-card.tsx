import { useMutation } from '@tanstack/react-query';
import { Eye, EyeOff, RotateCw } from 'lucide-react';
import { useState } from 'react';
import { failureOf } from '../../lib/failure.ts';
import { trpc } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Moment } from '../../ui/moment.tsx';
import { useNotify } from '../../ui/toast.tsx';
import { RotateDialog } from './rotate-dialog.tsx';

/** The secret on request, and a new one. It is nowhere but in this component's memory, and only while it is shown. */
export function SigningSecretCard() {
  const [secret, setSecret] = useState<string | null>(null);
  const [oldUntil, setOldUntil] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const notify = useNotify();
  const { client, settings } = trpc.useUtils();
  // Not a query: to ask is to be noted in the history, and the answer must not stay in a cache.
  const reveal = useMutation({
    mutationFn: () => client.settings.signingSecret.query(),
    onSuccess: (answer) => {
      setSecret(answer.secret);
      void settings.history.invalidate();
    },
  });
  const rotate = trpc.settings.rotateSigningSecret.useMutation({
    onSuccess: (answer, { overlap_hours = 0 } = {}) => {
      setSecret(answer.secret);
      setOldUntil(overlap_hours > 0 ? answer.previous_secret_expires_at : null);
      void settings.history.invalidate();
      notify({ tone: 'ok', title: 'The signing secret was rotated' });
    },
  });
  const error = reveal.error ?? rotate.error;
  return (
    <div className="p-4 sm:p-5">
      {error && (
        <FailureNotice
          className="mb-4"
          heading={rotate.error ? 'The secret was not rotated' : 'The secret could not be shown'}
          failure={failureOf(error)}
        />
      )}
      <div className="flex flex-wrap items-center gap-2">
        <div className="flex min-h-10 min-w-0 grow items-center justify-between gap-3 rounded-lg border border-line-strong bg-sunken pr-1.5 pl-3 sm:min-h-9">
          <code className="min-w-0 py-1.5 font-mono text-[13px] break-all">
            {secret ?? 'whsec_••••••••••••••••••••••••'}
          </code>
          {secret !== null && <CopyButton text={secret} what="signing secret" />}
        </div>
        <Button
          busy={reveal.isPending}
          onClick={() => {
            if (secret === null) reveal.mutate();
            else setSecret(null);
          }}
        >
          {secret === null ? (
            <Eye aria-hidden className="size-4" />
          ) : (
            <EyeOff aria-hidden className="size-4" />
          )}
          {secret === null ? 'Reveal' : 'Hide'}
        </Button>
        <Button
          busy={rotate.isPending}
          onClick={() => {
            setAsking(true);
          }}
        >
          <RotateCw aria-hidden className="size-4" />
          Rotate…
        </Button>
      </div>
      <p className="mt-2 text-xs/5 text-ink-muted">
        {oldUntil === null ? (
          'Who reveals or rotates it is noted in the history.'
        ) : (
          <>
            This is the new secret. The old one signs beside it for a while; put the new one into your
            receivers{' '}
            <strong className="font-medium text-ink">
              before that ends <Moment at={oldUntil} />
            </strong>
            .
          </>
        )}
      </p>
      {asking && (
        <RotateDialog
          onCancel={() => {
            setAsking(false);
          }}
          onConfirm={(overlapHours) => {
            setAsking(false);
            reveal.reset();
            rotate.mutate({ overlap_hours: overlapHours });
          }}
        />
      )}
    </div>
  );
}
