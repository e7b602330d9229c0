import { useId, useState } from 'react';
import { AlertDialog } from '../../ui/alert-dialog.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';

const overlaps = [
  { value: '0', label: 'None' },
  { value: '24', label: '1 day' },
  { value: '72', label: '3 days' },
  { value: '168', label: '7 days' },
] as const;

interface RotateDialogProps {
  onConfirm: (overlapHours: number) => void;
  onCancel: () => void;
}

/** Asks before receivers have to learn a new secret. */
export function RotateDialog({ onConfirm, onCancel }: RotateDialogProps) {
  const [overlap, setOverlap] = useState<(typeof overlaps)[number]['value']>('24');
  const name = useId();
  const none = overlap === '0';
  return (
    <AlertDialog
      open
      title="Rotate the signing secret?"
      description="A new secret is made and signs from now on. Each receiver has to be given it."
      confirm={none ? 'Rotate at once' : 'Rotate'}
      cancel="Keep the secret"
      destructive={none}
      onCancel={onCancel}
      onConfirm={() => {
        onConfirm(Number(overlap));
      }}
    >
      <p className="mt-5 mb-2 text-[13px] font-medium">The old one goes on signing beside it</p>
      <SegmentedControl
        label="How long the old secret goes on signing"
        options={overlaps}
        radio={({ value }) => ({
          name,
          checked: value === overlap,
          onChange: () => {
            setOverlap(value);
          },
        })}
      />
      <p aria-live="polite" className="mt-2.5 min-h-10 text-[13px]/5 text-ink-muted">
        {none
          ? 'Receivers that only know the old secret refuse every webhook from now on. Do this when it has leaked.'
          : 'Receivers that know either of the two take webhooks until then, so there is time to change over.'}
      </p>
    </AlertDialog>
  );
}
