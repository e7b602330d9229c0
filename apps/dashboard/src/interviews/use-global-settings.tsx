import type { AiInterviewDetails } from '@interview-webhooks/schema';
import { failureOf, isUnauthenticated } from '../lib/failure.ts';
import { trpc } from '../lib/trpc.ts';
import { AlertDialog } from '../ui/alert-dialog.tsx';
import { useNotify } from '../ui/toast.tsx';

interface UseGlobalSettingsProps {
  interview: AiInterviewDetails;
  open: boolean;
  onClose: () => void;
}

/** Asks before an AI interview's own settings are dropped. */
export function UseGlobalSettings({ interview, open, onClose }: UseGlobalSettingsProps) {
  const { ai_interview_id } = interview;
  const utils = trpc.useUtils();
  const notify = useNotify();
  const drop = trpc.interviews.useGlobalSettings.useMutation({
    onSuccess: () => {
      notify({ tone: 'ok', title: 'The global settings are in effect' });
      void utils.interviews.get.invalidate({ ai_interview_id });
    },
    onError: (error) => {
      if (isUnauthenticated(error)) return;
      notify({ tone: 'danger', title: 'Nothing was changed', detail: failureOf(error).detail });
    },
  });
  return (
    <AlertDialog
      open={open}
      destructive
      title="Use the global settings?"
      description="What this AI interview has of its own is dropped, passwords and keys included. It follows the workspace’s current webhook settings, as if it had been created now."
      confirm="Drop its own settings"
      cancel="Cancel"
      onCancel={onClose}
      onConfirm={() => {
        onClose();
        drop.mutate({ ai_interview_id });
      }}
    />
  );
}
